using Airworthy.Model;
using Airworthy.Trials.Mutation;

namespace Airworthy.Cli.Trials;

/// <summary>What became of a change's mutants, in sentences.</summary>
internal static class MutationWords
{
    public static IEnumerable<string> Of(MutationResult result)
    {
        var all = result.Mutants;
        if (all.IsEmpty)
        {
            yield return "mutants: none, no changed line holds what could be written otherwise";
            yield break;
        }

        var refused = all.Count(mutant => !mutant.Mutant.Compiles);
        var besides = string.Concat(
            refused > 0 ? $"; {refused:N0} more {(refused == 1 ? "does" : "do")} not compile" : "",
            result.LeftOut > 0 ? $"; {result.LeftOut:N0} beyond {MutationPlan.MostPerLine} a line left out" : "",
            result.Arid > 0 ? $"; {Words.Count(result.Arid, "call")} left alone (logging, messages)" : "");
        var compiled = all.Where(mutant => mutant.Mutant.Compiles).ToList();
        if (result.NoTests is { } reason)
        {
            yield return $"mutants: {compiled.Count:N0}; no tests were run over them: {reason}. Of generated inputs, some show {compiled.Count(mutant => mutant.Shown is not null):N0}, {Unshown(compiled)}{besides}";
            yield break;
        }

        var passed = compiled.Where(mutant => mutant.IsJudged && !mutant.IsNoticed).ToList();
        var untested = compiled.Count(mutant => !mutant.IsJudged);
        yield return $"mutants: {compiled.Count:N0}; tests notice {compiled.Count(mutant => mutant.IsNoticed):N0}{(passed.Count > 0 ? $" and not {passed.Count:N0}: {passed.Count(mutant => mutant.IsGap):N0} shown by an input, {Unshown(passed)}" : "")}{(untested > 0 ? $"; no time for {untested:N0}" : "")}{besides}";
        if (result.Suite is { } suite)
        {
            yield return $"tests: {suite.Passed:N0} of {suite.Found:N0} run{(suite.Failed > 0 ? $"; {suite.Failed:N0} fail here without a mutant" : "")}{(suite.NotRun > 0 ? $"; {suite.NotRun:N0} were not run" : "")}";
        }
    }

    private static string Unshown(List<JudgedMutant> mutants) =>
        $"{mutants.Count(mutant => mutant.Verdict == MutantVerdict.LikelyEquivalent):N0} likely the same, {mutants.Count(mutant => mutant.Verdict == MutantVerdict.NotReached):N0} hardly reached";
}
