using System.Globalization;
using System.Reflection;
using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Scaling;

namespace Airworthy.TrialWorker.Running;

/// <summary>
/// How the steps and bytes of a call grow with its input: on both sides, by counts and not by a clock. A new member alone is told when it grows faster than sorting does. Regular
/// expressions that the change brought are run on texts that may take them long.
/// </summary>
internal sealed class ScalingTrial : ITrialKind
{
    /// <summary>An exponent higher by this is another way to grow.</summary>
    private const double Higher = 0.5;

    /// <summary>What grows as n log n has a slope of about 1.15 at these sizes.</summary>
    private const double Steep = 1.35;

    private const int Least = 16;
    private const int Most = 2048;
    private const int Glance = 96;
    private const int Draws = 3;
    private const int Kept = 4;
    private const int MostTries = 40;
    private const long MostSteps = 20_000_000;
    private const long MostBytes = 200_000_000;

    /// <summary>Counts below this say nothing at the largest size.</summary>
    private const long Notable = 4 * Most;

    public string Name => "scaling";

    public bool Takes(UnderTrial unit) => unit.Unit.Patterns.Length > 0 || unit.Head.Method.GetParameters().Length > 0 || unit.Head.Method is MethodInfo { IsStatic: false };

    public UnitResult Run(UnderTrial unit, UnitTrial trial)
    {
        var (head, @base) = (new Meter(unit.Head), unit.Base is null ? null : new Meter(unit.Base));
        var found = new Dictionary<(DifferenceKind, string), TrialDifference>();
        long calls = 0;
        if (head.Counts)
        {
            Grow();
        }

        foreach (var pattern in unit.Unit.Patterns)
        {
            calls++;
            trial.Begin(unit.Shape.Make(trial.Chance(6), 0));
            if (PatternRun.Find(pattern, () => Goes()) is { } how)
            {
                var text = $"{pattern.Pattern} (line {pattern.Line.ToString(CultureInfo.InvariantCulture)}): {how}{(pattern.HasTimeout ? "; its match timeout ends it" : "")}";
                Keep(new TrialDifference(DifferenceKind.Backtracking, $"{unit.Unit.Name} matches by {Short(pattern.Pattern)}", unit.Base is null ? "(new)" : "matched by another expression", text, "", pattern.HasTimeout ? 3 : 0, 1, "", null, "time is no matter of a test: the text beside it shows it"), pattern.Pattern);
            }
        }

        return calls == 0
            ? new UnitResult(unit.Index, Name, TrialStatus.Untestable, 0, 0, 0, "nothing in its input can be made larger", [])
            : new UnitResult(unit.Index, Name, found.Count > 0 ? TrialStatus.Different : TrialStatus.Same, calls, 0, 0, null, [.. found.Values]);

        void Grow()
        {
            var chance = trial.Chance(6);
            var growth = new Growth(chance, unit.Head.Method.GetParameters(), !unit.Head.Method.IsStatic && unit.Head.Method is MethodInfo);
            for (var (draw, tries) = (0, 0); draw < Draws && tries < MostTries && trial.MayDraw(); tries++)
            {
                var input = unit.Shape.Make(chance, 1 + (tries % 3));
                if (input.Choice != 0 || input.Oddness >= 3 || Cost(head, input, 1) is null || (@base is not null && Cost(@base, input, 1) is null))
                {
                    continue;
                }

                draw++;
                // What grows most on a glance is looked at: most ways to grow reach little of the code.
                var ways = growth.Of(input, withNumbers: @base is not null)
                    .Select(way => (Way: way, Small: Cost(head, way.Of(Glance / 4), Glance / 4), Large: Cost(head, way.Of(Glance), Glance)))
                    .Where(one => one is { Small: not null, Large: not null })
                    .ToList();
                var kept = ways.OrderByDescending(one => one.Large!.Value.Steps).Take(Kept)
                    .Concat(ways.OrderByDescending(one => (double)one.Large!.Value.Steps / Math.Max(1, one.Small!.Value.Steps)).Take(2))
                    .Concat(ways.OrderByDescending(one => one.Large!.Value.Bytes).Take(2)).Select(one => one.Way).Distinct().ToList();
                foreach (var way in kept.TakeWhile(_ => Goes()))
                {
                    Compare(way, input);
                }
            }
        }

        Cost? Cost(Meter meter, Recipe input, int size)
        {
            calls++;
            trial.Begin(input);
            return meter.Of(input, size);
        }

        bool Goes()
        {
            trial.Journal.Head();
            return trial.MayDraw();
        }

        List<Cost> Series(Meter meter, GrowthWay way)
        {
            var costs = new List<Cost>();
            for (var size = Least; size <= Most; size *= 2)
            {
                // Twice: what runs the first time also sets up.
                if ((size == Least && Cost(meter, way.Of(size), size) is null) || Cost(meter, way.Of(size), size) is not { } cost)
                {
                    break;
                }

                costs.Add(cost);
                var ratio = costs.Count > 1 ? Math.Max((double)cost.Steps / Math.Max(1, costs[^2].Steps), (double)cost.Bytes / Math.Max(1, costs[^2].Bytes)) : 1;
                if (cost.Steps * ratio > MostSteps || cost.Bytes * ratio > MostBytes)
                {
                    break;
                }
            }

            return costs;
        }

        void Compare(GrowthWay way, Recipe input)
        {
            var after = Series(head, way);
            var before = @base is null ? null : Series(@base, way);
            if (after.Count < 4 || (before is not null && before.Count < 4))
            {
                return;
            }

            Judge("steps", after, before, cost => cost.Steps, way, input);
            Judge("bytes", after, before, cost => cost.Bytes, way, input);
            if (before is not null && Last(after, before) is var (now, was) && now.Bytes >= 2 * was.Bytes && now.Bytes - was.Bytes >= 1024)
            {
                Keep(Told(DifferenceKind.Allocation, way, input, $"{was.Bytes:N0} bytes at n = {was.Size}", $"{now.Bytes:N0} bytes at n = {now.Size}"), "bytes");
            }
        }

        void Judge(string unitOf, List<Cost> after, List<Cost>? before, Func<Cost, long> count, GrowthWay way, Recipe input)
        {
            if (Slope.Of([.. after.Select(cost => (cost.Size, (double)count(cost)))]) is not { } now || count(after[^1]) < Notable)
            {
                return;
            }

            var was = before is null ? null : Slope.Of([.. before.Select(cost => (cost.Size, (double)count(cost)))]);
            if (before is null ? now < Steep : was is null || now < was + Higher)
            {
                return;
            }

            if (before is not null)
            {
                var (last, first) = Last(after, before);
                if (count(last) < 2 * count(first) || (unitOf == "bytes" ? now < Steep : HidesWork(way, after[^1].Size, now)))
                {
                    return;
                }
            }

            Keep(Told(now < Steep ? DifferenceKind.Work : DifferenceKind.Growth, way, input, before is null ? "(new)" : Text(was!.Value, unitOf, before, count), Text(now, unitOf, after, count)), unitOf);
        }

        // What the base lets the framework do is not counted: then its time grows, and its count does not.
        bool HidesWork(GrowthWay way, int size, double now)
        {
            var (small, large) = (way.Of(Math.Max(1, size / 8)), way.Of(size));
            trial.Begin(small);
            var quick = @base!.Seconds(small);
            trial.Begin(large);
            var slope = Math.Log2(@base.Seconds(large) / quick) / 3;
            return double.IsNaN(slope) || slope >= now - Higher;
        }

        static (Cost Now, Cost Was) Last(List<Cost> after, List<Cost> before) => Math.Min(after.Count, before.Count) is var count ? (after[count - 1], before[count - 1]) : default;

        TrialDifference Told(DifferenceKind kind, GrowthWay way, Recipe input, string was, string now)
        {
            var small = way.Of(3);
            return Finding.Tell(unit, small, kind, was, now, 1) with { Input = Finding.Tell(unit, small, kind, "", "", 1).Input + $", made larger ({way.What})", Oddness = input.Oddness, Size = input.Size, NoTest = "how it grows is no matter of one call; the same command with the same --seed counts again" };
        }

        void Keep(TrialDifference difference, string of)
        {
            if (!found.TryGetValue((difference.Kind, of), out var known) || difference.Oddness < known.Oddness)
            {
                found[(difference.Kind, of)] = difference;
            }
        }
    }

    private static string Text(double slope, string unit, List<Cost> costs, Func<Cost, long> count) =>
        string.Create(CultureInfo.InvariantCulture, $"{unit} grow as n^{slope:0.0}: {string.Join(", ", costs.Skip(Math.Max(0, costs.Count - 4)).Select(cost => string.Create(CultureInfo.InvariantCulture, $"{count(cost):N0} at {cost.Size}")))}");

    private static string Short(string pattern) => pattern.Length > 80 ? pattern[..80] + "…" : pattern;
}
