using Airworthy.Probation;

namespace Airworthy.Bench.Probation;

/// <summary>A world to judge in.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Minutes">How long it is watched.</param>
/// <param name="Unit">What the judge counts.</param>
/// <param name="Run">What the instances do, minute by minute, when the change's odds of failing are a multiple of the baseline's.</param>
internal sealed record Setting(string Name, int Minutes, Unit Unit, Func<Draw, double, IEnumerable<InstanceMinute[]>> Run)
{
    /// <summary>The ratio that matters by what differs in it.</summary>
    public double RatioOf(ProbationTerms terms) => Unit == Unit.Median ? terms.MedianRatio : terms.Ratio;

    private const int Day = 1440;

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("independent calls, even split", Day, Unit.Call, (draw, ratio) => Forever(_ => Calls(draw, ratio, 500, 500, 0.001))),
        new("independent calls, 1 % of the traffic", Day, Unit.Call, (draw, ratio) => Forever(_ => Calls(draw, ratio, 100, 9_900, 0.001))),
        new("a ramp 1 to 50 %, errors drift 0.1 to 0.4 %", Day, Unit.Call, Ramp),
        .. new[] { 2.0, 3.0, 10.0 }.Select(size => new Setting(
            FormattableString.Invariant($"bursts of {size} in one instance"), Day, Unit.Window,
            (draw, ratio) => Instances(draw, 5, 5, 100, (_, hasChange) => Burst(draw, 0.02 * (hasChange ? ratio : 1), size)))),
        new("outages of all, 1 of 10 instances changed", Day, Unit.Window, Outages),
        new("1 % of calls on 1 of 10 instances, outages", Day, Unit.Window, FewCalls),
        new("an instance is broken for minutes to days", 3 * Day, Unit.Window, Broken),
        new("slow calls in phases of 5 minutes", Day, Unit.Tail, Phases),
        new("the median of 10 instances, 10 days", 10 * Day, Unit.Median, (draw, ratio) => Forever(_ =>
        [
            .. Enumerable.Range(0, 10).Select(i => Timed(i, i < 5, overMedian: draw.Chance(Odds(0.5, i < 5 ? ratio : 1)) ? 60 : 40, overTail: 0)),
        ])),
        new("the median in phases of half an hour", 3 * Day, Unit.Median, MedianPhases),
        new("by lot, 5 % of the calls, outages", Day, Unit.Lot, (draw, ratio) => Lot(draw, ratio, 1)),
        new("by lot, 5 % of the calls, bursts of 5 of a caller", Day, Unit.Lot, (draw, ratio) => Lot(draw, ratio, 5)),
        new("before and after, all drifts by half", 2 * Day, Unit.Before, Trend),
    ];

    private static IEnumerable<InstanceMinute[]> Forever(Func<int, InstanceMinute[]> minute)
    {
        for (var i = 0; ; i++)
        {
            yield return minute(i);
        }
    }

    private static InstanceMinute[] Calls(Draw draw, double ratio, long change, long baseline, double rate) =>
    [
        new("change", Side.Change, change, draw.Binomial(change, Odds(rate, ratio))),
        new("baseline", Side.Baseline, baseline, draw.Binomial(baseline, rate)),
    ];

    private static IEnumerable<InstanceMinute[]> Ramp(Draw draw, double ratio) => Forever(i =>
    {
        var done = Math.Min(1, i / 600.0);
        var change = (long)(1_000 * (0.01 + (0.49 * done)));
        return Calls(draw, ratio, change, 1_000 - change, 0.001 + (0.003 * done));
    });

    private static IEnumerable<InstanceMinute[]> Instances(Draw draw, int changed, int others, long calls, Func<int, bool, long> bad) => Forever(_ =>
    [
        .. Enumerable.Range(0, changed + others).Select(i =>
            new InstanceMinute($"{i}", i < changed ? Side.Change : Side.Baseline, calls, Math.Min(calls, bad(i, i < changed)))),
    ]);

    private static long Burst(Draw draw, double rate, double size) => Enumerable.Range(0, (int)draw.Poisson(rate)).Sum(_ => draw.Geometric(size));

    private static IEnumerable<InstanceMinute[]> Outages(Draw draw, double ratio)
    {
        var outage = 0;
        return Forever(_ =>
        {
            outage = outage > 0 ? outage - 1 : draw.Chance(1 / 180.0) ? 5 : 0;
            return
            [
                .. Enumerable.Range(0, 10).Select(i => new InstanceMinute(
                    $"{i}", i == 0 ? Side.Change : Side.Baseline, 100, (outage > 0 && draw.Chance(0.9) ? 30 : 0) + Burst(draw, 0.02 * (i == 0 ? ratio : 1), 3))),
            ];
        });
    }

    private static IEnumerable<InstanceMinute[]> FewCalls(Draw draw, double ratio)
    {
        var outage = 0;
        return Forever(_ =>
        {
            outage = outage > 0 ? outage - 1 : draw.Chance(1 / 180.0) ? 5 : 0;
            return
            [
                .. Enumerable.Range(0, 10).Select(i =>
                {
                    var calls = i == 0 ? 10 : 110;
                    return new InstanceMinute($"{i}", i == 0 ? Side.Change : Side.Baseline, calls, (outage > 0 ? calls / 3 : 0) + Burst(draw, 0.0002 * calls * (i == 0 ? ratio : 1), 3));
                }),
            ];
        });
    }

    /// <summary>Now and then an instance fails for a time that is mostly minutes and sometimes days.</summary>
    private static IEnumerable<InstanceMinute[]> Broken(Draw draw, double ratio)
    {
        var left = new double[6];
        return Forever(_ =>
        [
            .. Enumerable.Range(0, 6).Select(i =>
            {
                left[i] = left[i] > 0 ? left[i] - 1 : draw.Chance(0.002 * (i < 3 ? ratio : 1)) ? Math.Exp(2.3 + (1.8 * draw.Normal())) : 0;
                return new InstanceMinute($"{i}", i < 3 ? Side.Change : Side.Baseline, 100, left[i] > 0 ? 20 : 0);
            }),
        ]);
    }

    /// <summary>Each instance is busy for a while and idle for a while: a bad minute is followed by another more often than not.</summary>
    private static IEnumerable<InstanceMinute[]> MedianPhases(Draw draw, double ratio)
    {
        // What matters is the odds of all minutes; within a phase they must grow by more for that.
        var (busy, within) = (new bool[10], 1.0);
        while (Odds(0.75, within) + Odds(0.25, within) < 2 * Odds(0.5, ratio))
        {
            within += 0.001;
        }

        return Forever(_ =>
        [
            .. Enumerable.Range(0, 10).Select(i =>
            {
                busy[i] ^= draw.Chance(1 / 30.0);
                return Timed(i, i < 5, overMedian: draw.Chance(Odds(busy[i] ? 0.75 : 0.25, i < 5 ? within : 1)) ? 60 : 40, overTail: 0);
            }),
        ]);
    }

    /// <summary>Now and then an instance is slow for some minutes, and then a third of its calls.</summary>
    private static IEnumerable<InstanceMinute[]> Phases(Draw draw, double ratio)
    {
        var slow = new bool[10];
        return Forever(_ =>
        [
            .. Enumerable.Range(0, 10).Select(i =>
            {
                slow[i] = slow[i] ? !draw.Chance(0.2) : draw.Chance(0.01 * (i < 5 ? ratio : 1));
                return Timed(i, i < 5, overMedian: 0, overTail: draw.Binomial(100, slow[i] ? 0.33 : 0.01));
            }),
        ]);
    }

    private static InstanceMinute Timed(int instance, bool hasChange, long overMedian, long overTail) =>
        new($"{instance}", hasChange ? Side.Change : Side.Baseline, 100, 0) { Timed = 100, OverMedian = overMedian, OverTail = overTail };

    /// <summary>Three instances on which a flag gives one call in twenty to the change; now and then a dependency fails a third of all.</summary>
    private static IEnumerable<InstanceMinute[]> Lot(Draw draw, double ratio, double burst)
    {
        var outage = 0;
        return Forever(_ =>
        {
            outage = outage > 0 ? outage - 1 : draw.Chance(1 / 180.0) ? 5 : 0;
            return
            [
                .. Enumerable.Range(0, 3).SelectMany(i => new[] { (Side: Side.Change, Calls: 5L, Times: ratio), (Side: Side.Off, Calls: 95L, Times: 1.0) }.Select(side =>
                    new InstanceMinute($"{i}", side.Side, side.Calls, Math.Min(
                        side.Calls, (outage > 0 ? draw.Binomial(side.Calls, 0.33) : 0) + Burst(draw, 0.002 * side.Calls * side.Times / burst, burst))))),
            ];
        });
    }

    /// <summary>Five instances, a day without the change and a day with it; what fails rises and falls by half, and for control units alike.</summary>
    private static IEnumerable<InstanceMinute[]> Trend(Draw draw, double ratio)
    {
        var minute = 0;
        return Forever(_ =>
        {
            var isAfter = minute++ >= Day;
            var drift = 1 + (0.5 * Math.Sin(minute / 300.0)) + (isAfter ? 0.5 : 0);
            return
            [
                .. Enumerable.Range(0, 5).SelectMany(i => new[]
                {
                    new InstanceMinute($"{i}", isAfter ? Side.Change : Side.Baseline, 100, Burst(draw, 0.05 * drift * (isAfter ? ratio : 1), 3)),
                    new InstanceMinute($"{i}", Side.Control, 400, Burst(draw, 0.08 * drift, 3)),
                }),
            ];
        });
    }

    private static double Odds(double rate, double ratio)
    {
        var odds = rate / (1 - rate) * ratio;
        return odds / (1 + odds);
    }
}
