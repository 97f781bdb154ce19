using Airworthy.Trials.Running;
using Airworthy.TrialWorker.Making;
using Airworthy.TrialWorker.Observing;

namespace Airworthy.TrialWorker.Running;

/// <summary>
/// A new member alone: exceptions that mean a defect wherever they come from, unless its documentation names them. An argument that is null where none is promised is
/// the caller's fault, and no finding.
/// </summary>
internal sealed class RobustnessTrial : ITrialKind
{
    private const long EnoughWithoutNews = 150_000;

    private static readonly HashSet<string> s_faults = new(StringComparer.Ordinal)
    {
        "System.NullReferenceException", "System.IndexOutOfRangeException", "System.InvalidCastException", "System.OverflowException", "System.DivideByZeroException", "System.Collections.Generic.KeyNotFoundException",
        "System.ArrayTypeMismatchException", "System.RankException", "System.OutOfMemoryException", "System.InsufficientExecutionStackException", "System.NotImplementedException",
    };

    public string Name => "robustness";

    public bool IsOfEachType => true;

    // What outside code can't call has a contract with its callers alone, which nobody wrote down.
    public bool Takes(UnderTrial unit) => unit.Base is null && unit.Unit.IsPublic;

    public UnitResult Run(UnderTrial unit, UnitTrial trial)
    {
        var search = trial.Search(unit, 1, trial.Counters);
        var found = new Dictionary<string, (Recipe Recipe, long Times)>(StringComparer.Ordinal);
        long inputs = 0, notMade = 0;
        while (trial.MayDraw() && search.SinceNew < EnoughWithoutNews)
        {
            var recipe = search.Next();
            trial.Begin(recipe);
            unit.Head.Run(recipe);
            if (unit.Head.End == CallEnd.NotMade)
            {
                notMade++;
                continue;
            }

            inputs++;
            var thrown = unit.Head.Thrown?.GetType().FullName ?? "";
            search.Learn(recipe, thrown.GetHashCode(StringComparison.Ordinal));
            if (IsFault(unit, recipe, thrown))
            {
                found[thrown] = found.TryGetValue(thrown, out var known)
                    ? (recipe.Oddness < known.Recipe.Oddness ? recipe : known.Recipe, known.Times + 1)
                    : (recipe, 1);
            }
        }

        var differences = found.Select(one => Of(unit, trial, one.Key, one.Value.Recipe, one.Value.Times)).ToList();
        var status = differences.Count > 0 ? TrialStatus.Different : inputs == 0 ? TrialStatus.Untestable : TrialStatus.Same;
        return new UnitResult(unit.Index, Name, status, inputs, notMade, 0, status == TrialStatus.Untestable ? "no input of it could be made" : null, [.. differences])
        {
            Reached = trial.Counters.Count > 0 ? trial.Counters.Max(counter => counter.Reached) : 0,
        };
    }

    private static bool IsFault(UnderTrial unit, Recipe recipe, string thrown) =>
        s_faults.Contains(thrown, StringComparer.Ordinal) && !unit.Unit.Documented.Contains(thrown, StringComparer.Ordinal) && !(thrown == "System.NullReferenceException" && HasNull(recipe));

    private static bool HasNull(Recipe recipe) => recipe.Oddness >= 3;

    private static TrialDifference Of(UnderTrial unit, UnitTrial trial, string thrown, Recipe recipe, long times)
    {
        var small = Finding.Shrink(recipe, one =>
        {
            trial.Begin(one);
            unit.Head.Run(one);
            return unit.Head.End == CallEnd.Threw && unit.Head.Thrown!.GetType().FullName == thrown && IsFault(unit, one, thrown);
        });
        trial.Begin(small);
        unit.Head.Run(small);
        var (test, reason) = TestWriter.Of(unit, small, new Outcome(CallEnd.Returned, "", "", ["", "", "", ""]));
        return Finding.Tell(unit, small, DifferenceKind.Fault, "(new: nothing it documents)", unit.Head.Keep().Text, times) with { Test = test, NoTest = reason };
    }
}
