using Airworthy.Trials.Mutation;
using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;
using Airworthy.TrialWorker.Running;

namespace Airworthy.TrialWorker.Mutating;

/// <summary>
/// Draws inputs for a unit and runs each on the code as it is; then again with each mutant awake that the input reached. What differs shows the mutant. A mutant costs nothing on inputs
/// that do not reach it, which are most.
/// </summary>
/// <param name="asIs">The switch of the code as it is: never used but to see what is reached.</param>
/// <param name="mutated">The switch of the copy in which mutants wake.</param>
/// <param name="passed">The counters of the code as it is.</param>
/// <param name="bounded">The counters of the copy.</param>
/// <param name="asleep">The mutants nobody has shown yet.</param>
/// <param name="places">The unit that each mutant lies in, by id.</param>
/// <param name="tell">Told what is known of a mutant.</param>
internal sealed class MutantTrial(MutantSwitch asIs, MutantSwitch mutated, EdgeCounters passed, EdgeCounters bounded, HashSet<int> asleep, IReadOnlyDictionary<int, int> places, Action<MutantShown> tell)
{
    /// <summary>Inputs that show a mutant until no more are looked at, and those drawn since the first of them: a plainer one is hardly to come.</summary>
    private const int EnoughShown = 20, EnoughSinceShown = 10_000;

    /// <summary>Inputs that reach a mutant until it is let be; those drawn for a unit, and those of them that reach it, where few do.</summary>
    private const long EnoughReached = 20_000, EnoughDrawn = 50_000, EnoughOfDrawn = 500;

    /// <summary>Inputs without anything new until a unit's mutants that none reached are let be; and those of others, which it may not even lead to.</summary>
    private const long EnoughWithoutNews = 100_000, EnoughForOthers = 10_000;

    /// <summary>Edges that a mutant may pass for each that the code as it is passes, and those it may pass besides.</summary>
    private const long MostTimes = 20, MostMore = 20_000;

    private readonly Dictionary<int, long> _reached = [];

    private int _awake;
    private long _drawn;

    public void Run(UnderTrial unit, UnitTrial trial)
    {
        unit.Base!.Before = () =>
        {
            asIs.Forget();
            passed.Reset();
        };
        unit.Head.Before = () =>
        {
            // The code as it is ran just before, on the same input.
            bounded.Most = (passed.Steps * MostTimes) + MostMore;
            bounded.Reset();
            mutated.Wake(_awake);
        };
        passed.Forget();
        var search = trial.Search(unit, 3, [passed]);
        var found = new Dictionary<int, MutantFound>();
        var met = new HashSet<int>();
        _drawn = 0;
        while (search.SinceNew < Patience(unit.Index, met, found) && trial.MayDraw())
        {
            _drawn++;
            var recipe = search.Next();
            trial.Begin(recipe);
            unit.Base.Run(recipe);
            if (unit.Base.End == CallEnd.NotMade)
            {
                continue;
            }

            search.Learn(recipe, unit.Base.Thrown?.GetType().Name.GetHashCode(StringComparison.Ordinal) ?? (int)unit.Base.End);
            foreach (var mutant in asIs.Reached.ToArray().Where(asleep.Contains))
            {
                met.Add(mutant);
                Try(unit, trial, recipe, mutant, found);
            }
        }

        foreach (var (mutant, one) in found)
        {
            Tell(unit, trial, mutant, one);
        }

        foreach (var mutant in met.Where(asleep.Contains))
        {
            tell(new MutantShown(mutant, unit.Index, _reached[mutant], null, IsDone: false));
        }
    }

    /// <summary>How many inputs without anything new are worth drawing for a unit: none once enough is known of its mutants, and of those it leads to.</summary>
    private long Patience(int unit, HashSet<int> met, Dictionary<int, MutantFound> found)
    {
        var (most, hasOwn) = (0L, false);
        foreach (var mutant in asleep)
        {
            hasOwn |= places[mutant] == unit;
            if (!IsKnown(mutant, found))
            {
                most = Math.Max(most, places[mutant] == unit || met.Contains(mutant) ? EnoughWithoutNews : EnoughForOthers);
            }
        }

        // Those of others have their own turn; where they came to nothing in it, this may lead to them.
        return hasOwn && most == EnoughForOthers ? 0 : most;
    }

    private bool IsKnown(int mutant, Dictionary<int, MutantFound> found) => found.TryGetValue(mutant, out var shown)
        ? shown.Times >= EnoughShown || _drawn - shown.Since >= EnoughSinceShown
        : _reached.GetValueOrDefault(mutant) >= (_drawn >= EnoughDrawn ? EnoughOfDrawn : EnoughReached);

    private void Try(UnderTrial unit, UnitTrial trial, Recipe recipe, int mutant, Dictionary<int, MutantFound> found)
    {
        if (IsKnown(mutant, found))
        {
            return;
        }

        _reached[mutant] = _reached.GetValueOrDefault(mutant) + 1;
        trial.Journal.Awake(mutant);
        _awake = mutant;
        unit.Head.Run(recipe);
        if (unit.Head.End != CallEnd.NotMade && !unit.Base!.IsSame(unit.Head) && Kind(unit, trial, recipe, mutant) is not null)
        {
            found[mutant] = found.TryGetValue(mutant, out var before)
                ? before with { Recipe = Weight(recipe) < Weight(before.Recipe) ? recipe : before.Recipe, Times = before.Times + 1 }
                : new MutantFound(recipe, 1, _drawn);
        }

        _awake = 0;
        mutated.Wake(0);
    }

    /// <summary>What an input shows of a mutant; null when it is noise, or a message alone: no test should hold those.</summary>
    private static (DifferenceKind Kind, string Was, string Now)? Kind(UnderTrial unit, UnitTrial trial, Recipe recipe, int mutant)
    {
        var (kind, was, now, isNoise) = DifferentialTrial.Confirm(unit, trial, recipe);
        trial.Journal.Awake(mutant);
        return isNoise || kind is DifferenceKind.Message or DifferenceKind.Unstable ? null : (kind, was.Exception, now.Exception);
    }

    private void Tell(UnderTrial unit, UnitTrial trial, int mutant, MutantFound found)
    {
        _awake = mutant;
        if (Kind(unit, trial, found.Recipe, mutant) is { } wanted && Finding.Of(unit, trial, found.Recipe, found.Times, wanted) is { } difference)
        {
            asleep.Remove(mutant);
            tell(new MutantShown(mutant, unit.Index, _reached[mutant], difference, IsDone: false));
        }

        _awake = 0;
        mutated.Wake(0);
    }

    private static double Weight(Recipe recipe) => recipe.Oddness + (recipe.Size * 0.05);
}
