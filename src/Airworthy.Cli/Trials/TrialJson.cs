using System.Text.Json;
using System.Text.Json.Nodes;
using Airworthy.Journeys;
using Airworthy.Journeys.Trials;
using Airworthy.Trials.Mutation;
using Airworthy.Trials.Reporting;
using Airworthy.Trials.Running;

namespace Airworthy.Cli.Trials;

/// <summary>A trial's answer as JSON: every unit, each kind of trial, every difference.</summary>
internal static class TrialJson
{
    public static void Write(TrialReport report, Terminal terminal)
    {
        var ranks = report.Findings.ToLookup(finding => finding.Unit.HeadId, StringComparer.Ordinal);
        terminal.WriteLine(new JsonObject
        {
            ["base"] = report.Base.Hex,
            ["head"] = report.Head.Hex,
            ["sandbox"] = report.Sandbox,
            ["interrupted"] = report.IsInterrupted,
            ["seconds"] = Math.Round(report.Took.TotalSeconds, 1),
            ["units"] = new JsonArray([.. report.Units.Select(unit => Unit(report, unit, ranks))]),
            ["mutation"] = report.Mutation.IsEmpty ? null : new JsonArray([.. report.Mutation.Select(Mutation)]),
            ["notTried"] = new JsonArray([.. report.NotTried.Select(one => new JsonObject { ["what"] = one.What, ["reason"] = one.Reason })]),
            ["notes"] = new JsonArray([.. report.Notes.Select(note => JsonValue.Create(note))]),
        }.ToJsonString(new JsonSerializerOptions(AirworthyJson.Indented)));
    }

    private static JsonObject Unit(TrialReport report, TriedUnit unit, ILookup<string, RankedFinding> ranks)
    {
        var kinds = new JsonObject();
        foreach (var kind in unit.Kinds)
        {
            kinds[kind.Kind] = new JsonObject
            {
                ["status"] = JsonNamingPolicy.KebabCaseLower.ConvertName(kind.Status.ToString()),
                ["inputs"] = kind.Inputs,
                ["notMade"] = kind.NotMade,
                ["noise"] = kind.Noise,
                ["reached"] = kind.Reached,
                ["atChange"] = kind.AtChange,
                ["processorSeconds"] = Math.Round(kind.ProcessorSeconds, 3),
                ["reason"] = kind.Reason,
                ["differences"] = new JsonArray([.. kind.Differences.Select(difference => Difference(report, difference, ranks[unit.Unit.HeadId].FirstOrDefault(finding => finding.Difference == difference)))]),
            };
            if (kind.Kind == TrialKinds.Mutation)
            {
                kinds[kind.Kind]!["mutants"] = new JsonArray([.. unit.Mutants.Select(Mutant)]);
            }
        }

        if (unit.Unit.Untestable is { } reason)
        {
            kinds[TrialKinds.Differential] = new JsonObject { ["status"] = "untestable", ["inputs"] = 0, ["reason"] = reason, ["differences"] = new JsonArray() };
        }

        return new JsonObject
        {
            ["unit"] = unit.Unit.Symbol,
            ["name"] = unit.Unit.Name,
            ["path"] = unit.Unit.Path,
            ["line"] = unit.Unit.Line,
            ["origin"] = JsonNamingPolicy.KebabCaseLower.ConvertName(unit.Unit.Origin.ToString()),
            ["because"] = unit.Unit.Because,
            ["shared"] = unit.Unit.Shared,
            ["kinds"] = kinds,
        };
    }

    private static JsonObject Mutation(MutationResult result) => new()
    {
        ["mutants"] = result.Mutants.Length,
        ["notCompiled"] = result.Mutants.Count(mutant => !mutant.Mutant.Compiles),
        ["noticed"] = result.Mutants.Count(mutant => mutant.IsNoticed),
        ["gaps"] = result.Mutants.Count(mutant => mutant.IsGap),
        ["shown"] = result.Mutants.Count(mutant => mutant.Verdict == MutantVerdict.Shown),
        ["likelyEquivalent"] = result.Mutants.Count(mutant => mutant.Verdict == MutantVerdict.LikelyEquivalent),
        ["notReached"] = result.Mutants.Count(mutant => mutant.Verdict == MutantVerdict.NotReached),
        ["arid"] = result.Arid,
        ["leftOut"] = result.LeftOut,
        ["seconds"] = Math.Round(result.Seconds, 2),
        ["noTests"] = result.NoTests,
        ["tests"] = result.Suite is not { } suite ? null : new JsonObject { ["found"] = suite.Found, ["passed"] = suite.Passed, ["failed"] = suite.Failed, ["notRun"] = suite.NotRun },
    };

    private static JsonObject Mutant(JudgedMutant mutant) => new()
    {
        ["line"] = mutant.Mutant.Start.Line,
        ["column"] = mutant.Mutant.Start.Column,
        ["mutator"] = mutant.Mutant.Mutator,
        ["original"] = mutant.Mutant.Original,
        ["replacement"] = mutant.Mutant.Replacement,
        ["fate"] = JsonNamingPolicy.KebabCaseLower.ConvertName(mutant.Test.Fate.ToString()),
        ["by"] = mutant.Test.By,
        ["covering"] = mutant.Test.Covering,
        ["verdict"] = mutant.Verdict == MutantVerdict.None ? null : JsonNamingPolicy.KebabCaseLower.ConvertName(mutant.Verdict.ToString()),
        ["inputs"] = mutant.Inputs,
        ["input"] = mutant.Shown?.Input,
        ["asItIs"] = mutant.Shown?.Base,
        ["instead"] = mutant.Shown?.Head,
    };

    private static JsonObject Difference(TrialReport report, TrialDifference difference, RankedFinding? finding) => new()
    {
        ["rank"] = finding?.Rank,
        ["shown"] = finding?.Score >= FindingRank.Worth,
        ["kind"] = difference.Kind == DifferenceKind.Property ? difference.Property : JsonNamingPolicy.KebabCaseLower.ConvertName(difference.Kind.ToString()),
        ["input"] = difference.Input,
        ["base"] = difference.Base,
        ["head"] = difference.Head,
        ["atBase"] = difference.Kind is DifferenceKind.Property or DifferenceKind.Race or DifferenceKind.Deadlock ? difference.IsAtBase : null,
        ["mutant"] = difference.Mutant.Length > 0 ? difference.Mutant : null,
        ["culture"] = difference.Culture,
        ["times"] = difference.Times,
        ["reasons"] = finding is null ? null : new JsonArray([.. finding.Reasons.Select(reason => JsonValue.Create(reason))]),
        ["spokenOf"] = finding?.IsSpokenOf,
        ["test"] = finding?.Test,
        ["token"] = difference.Token,
        ["replay"] = TrialWords.Replay(report, difference),
    };
}
