using System.Globalization;
using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;

namespace Airworthy.TrialWorker.Running;

/// <summary>Base and head on the same inputs: what they give, throw, print, and leave behind. What the base shows against itself is noise.</summary>
internal sealed class DifferentialTrial : ITrialKind
{
    private const int MostKinds = 12;
    private const long EnoughWithoutNews = 1_000_000;

    /// <summary>Inputs without news after which one that reaches the change, or that the base takes, is not to be expected, once they took their time too: others have a use for it.</summary>
    private const long EnoughWithoutHope = 3_000;

    private static readonly TimeSpan s_enoughWithoutHope = TimeSpan.FromSeconds(1);

    public string Name => "differential";

    public bool IsOfEachType => true;

    // Most of what a change breaks shows here, and the rarest of it takes the most inputs.
    public double Share => 3;

    public bool Takes(UnderTrial unit) => unit.Base is not null;

    public UnitResult Run(UnderTrial unit, UnitTrial trial)
    {
        var change = trial.Change();
        var search = trial.Search(unit, 0, trial.Counters, change);
        var found = new Dictionary<(DifferenceKind, string, string), (Recipe Recipe, long Times, bool IsRecorded)>();
        long inputs = 0, notMade = 0, noise = 0, returned = 0;
        string? why = null;
        while (trial.MayDraw() && search.SinceNew < EnoughWithoutNews && !(IsHopeless() && search.SinceNew >= EnoughWithoutHope && search.ProcessorSinceNew >= s_enoughWithoutHope))
        {
            var recipe = search.Next();
            var end = RunBoth(unit, trial, recipe);
            if (end == CallEnd.NotMade)
            {
                notMade++;
                why ??= unit.Base!.Thrown is { } thrown ? $"making its input throws {thrown.GetType().Name}" : "its input could not be made";
                continue;
            }

            inputs++;
            returned += unit.Base!.End == CallEnd.Returned ? 1 : 0;
            search.Learn(recipe, Kind(unit.Base!) * 31 + Kind(unit.Head));
            if (!unit.Base!.IsSame(unit.Head))
            {
                Difference(recipe);
            }
        }

        return Result();

        bool IsHopeless() => returned == 0 || change is { IsKnown: true, Reached: 0 };

        void Difference(Recipe recipe)
        {
            var (kind, was, now, isNoise) = Confirm(unit, trial, recipe);
            if (isNoise)
            {
                noise++;
                return;
            }

            var key = (kind, was.Exception, now.Exception);
            if (found.TryGetValue(key, out var known))
            {
                found[key] = (recipe.Oddness + (recipe.Size * 0.05) < known.Recipe.Oddness + (known.Recipe.Size * 0.05) ? recipe : known.Recipe, known.Times + 1, known.IsRecorded || search.IsFirst);
            }
            else if (found.Count < MostKinds)
            {
                found[key] = (recipe, 1, search.IsFirst);
                // What is known now is told now: a later input may end this process.
                trial.Tell(Result());
            }
        }

        UnitResult Result()
        {
            var differences = found.Select(one => Finding.Of(unit, trial, one.Value.Recipe, one.Value.Times, one.Key) is { } told ? told with { IsRecorded = one.Value.IsRecorded } : null).OfType<TrialDifference>().ToList();
            // That both sides do the same where neither runs what changed is no evidence.
            var missed = change is { IsKnown: true, Reached: 0 };
            var status = differences.Count > 0 ? TrialStatus.Different
                : returned == 0 || missed ? TrialStatus.Untestable
                : noise > 0 && noise * 2 > inputs ? TrialStatus.Noise
                : TrialStatus.Same;
            // Where the base refuses whatever is made, that the head refuses it too says next to nothing.
            var reason = status != TrialStatus.Untestable ? null : inputs > 0 && missed ? string.Create(CultureInfo.InvariantCulture, $"none of {inputs:N0} inputs reached what changed") : inputs > 0 ? "the base throws on every input that could be made" : why ?? "there was no time for it";
            return new UnitResult(unit.Index, Name, status, status == TrialStatus.Untestable ? 0 : inputs, notMade, noise, reason, [.. differences])
            {
                AtChange = change.IsKnown ? change.Reached : null,
                Reached = trial.Counters.Count > 0 ? trial.Counters.Max(counter => counter.Reached) : 0,
            };
        }
    }

    /// <summary>Runs one input on both sides.</summary>
    public static CallEnd RunBoth(UnderTrial unit, UnitTrial trial, Recipe recipe)
    {
        trial.Begin(recipe);
        unit.Base!.Run(recipe);
        if (unit.Base.End == CallEnd.NotMade)
        {
            return CallEnd.NotMade;
        }

        trial.Journal.Head();
        unit.Head.Run(recipe);
        return unit.Head.End;
    }

    /// <summary>Runs a differing input again on both sides: twice the base against itself, once the head.</summary>
    public static (DifferenceKind Kind, Outcome Base, Outcome Head, bool IsNoise) Confirm(UnderTrial unit, UnitTrial trial, Recipe recipe)
    {
        var (@base, head) = (unit.Base!, unit.Head);
        RunBoth(unit, trial, recipe);
        var (was, now) = (@base.Keep(), head.Keep());
        var kind = KindOf(was, now);
        for (var again = 0; again < 2; again++)
        {
            trial.Begin(recipe);
            @base.Run(recipe);
            if (!@base.Keep().IsSame(was))
            {
                return (kind, was, now, IsNoise: true);
            }
        }

        trial.Journal.Head();
        head.Run(recipe);
        return (head.Keep().IsSame(now) ? kind : DifferenceKind.Unstable, was, now, IsNoise: was.IsSame(now));
    }

    private static int Kind(SideCall call) => call.Thrown is { } thrown ? thrown.GetType().Name.GetHashCode(StringComparison.Ordinal) : (int)call.End;

    private static DifferenceKind KindOf(Outcome was, Outcome now)
    {
        if (was.End != now.End)
        {
            return now.End == CallEnd.Threw ? DifferenceKind.NewException : DifferenceKind.LostException;
        }

        if (was.End == CallEnd.Threw && was.Exception != now.Exception)
        {
            return DifferenceKind.ExceptionType;
        }

        return was.FirstPart(now) switch
        {
            < 0 => DifferenceKind.Message,
            0 => DifferenceKind.Value,
            1 => DifferenceKind.Argument,
            2 => DifferenceKind.State,
            _ => DifferenceKind.Output,
        };
    }
}
