using System.Text.Json;
using System.Text.Json.Nodes;
using Airworthy.Journeys;
using Airworthy.Journeys.Trials;
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
            ["units"] = new JsonArray([.. report.Units.Select(unit => Unit(unit, ranks))]),
            ["notTried"] = new JsonArray([.. report.NotTried.Select(one => new JsonObject { ["what"] = one.What, ["reason"] = one.Reason })]),
            ["notes"] = new JsonArray([.. report.Notes.Select(note => JsonValue.Create(note))]),
        }.ToJsonString(new JsonSerializerOptions(AirworthyJson.Indented)));
    }

    private static JsonObject Unit(TriedUnit unit, ILookup<string, RankedFinding> ranks)
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
                ["reason"] = kind.Reason,
                ["differences"] = new JsonArray([.. kind.Differences.Select(difference => Difference(difference, ranks[unit.Unit.HeadId].FirstOrDefault(finding => finding.Difference == difference)))]),
            };
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
            ["kinds"] = kinds,
        };
    }

    private static JsonObject Difference(TrialDifference difference, RankedFinding? finding) => new()
    {
        ["rank"] = finding?.Rank,
        ["shown"] = finding?.Score >= FindingRank.Worth,
        ["kind"] = difference.Kind == DifferenceKind.Property ? difference.Property : JsonNamingPolicy.KebabCaseLower.ConvertName(difference.Kind.ToString()),
        ["input"] = difference.Input,
        ["base"] = difference.Base,
        ["head"] = difference.Head,
        ["culture"] = difference.Culture,
        ["times"] = difference.Times,
        ["reasons"] = finding is null ? null : new JsonArray([.. finding.Reasons.Select(reason => JsonValue.Create(reason))]),
        ["spokenOf"] = finding?.IsSpokenOf,
        ["test"] = finding?.Test,
        ["token"] = difference.Token,
    };
}
