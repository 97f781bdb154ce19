using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Airworthy.Journeys.Trials;
using Airworthy.Trials.Running;

namespace Airworthy.Cli.Trials;

/// <summary>A trial's differences as SARIF 2.1.0.</summary>
internal static class TrialSarif
{
    public static void Write(TrialReport report, Terminal terminal)
    {
        var rules = report.Findings.Select(Rule).Distinct(StringComparer.Ordinal).ToArray();
        var run = new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "airworthy",
                    ["version"] = typeof(TrialSarif).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
                    ["rules"] = new JsonArray([.. rules.Select(rule => new JsonObject { ["id"] = rule, ["shortDescription"] = new JsonObject { ["text"] = "The change behaves otherwise than its base." } })]),
                },
            },
            ["columnKind"] = "utf16CodeUnits",
            ["properties"] = new JsonObject { ["base"] = report.Base.Hex, ["head"] = report.Head.Hex, ["notTried"] = report.NotTried.Length },
            ["results"] = new JsonArray([.. report.Findings.Select(finding => Result(finding, Array.IndexOf(rules, Rule(finding))))]),
        };
        terminal.WriteLine(new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(run),
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    private static string Rule(RankedFinding finding) => "trial-" + JsonNamingPolicy.KebabCaseLower.ConvertName(finding.Difference.Kind.ToString());

    private static JsonObject Result(RankedFinding finding, int rule) => new()
    {
        ["ruleId"] = Rule(finding),
        ["ruleIndex"] = rule,
        ["level"] = finding.IsSpokenOf || finding.Difference.Kind is DifferenceKind.Message ? "note" : "warning",
        ["rank"] = Math.Clamp(finding.Score, 0, 100),
        ["message"] = new JsonObject { ["text"] = $"{finding.Unit.Name}: {TrialWords.Name(finding.Difference)} on {finding.Difference.Input}. {TrialWords.Sides(finding.Difference)}: {finding.Difference.Base}; {TrialWords.Other(finding.Difference)}: {finding.Difference.Head}. {TrialWords.Why(finding)}" },
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = string.Join('/', finding.Unit.Path.Split('/').Select(Uri.EscapeDataString)) },
                ["region"] = new JsonObject { ["startLine"] = finding.Unit.Line, ["endLine"] = finding.Unit.EndLine },
            },
        }),
        ["partialFingerprints"] = new JsonObject { ["airworthyUnit/v1"] = $"{finding.Unit.Symbol}/{Rule(finding)}" },
    };
}
