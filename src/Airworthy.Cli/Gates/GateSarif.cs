using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Cli.Gates;

/// <summary>The gate's findings as SARIF 2.1.0, as GitHub's code scanning takes them. See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.</summary>
internal static class GateSarif
{
    public static void Write(GateReport report, Terminal terminal)
    {
        var findings = GateFinding.Of(report).ToArray();
        var rules = findings.Select(finding => finding.Rule).Distinct(StringComparer.Ordinal).ToArray();
        var asks = report.Judgement.Rules.ToDictionary(rule => rule.Name, rule => rule.Asks, StringComparer.Ordinal);
        var run = new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "airworthy",
                    ["version"] = typeof(GateSarif).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
                    ["rules"] = new JsonArray([.. rules.Select(rule => new JsonObject
                    {
                        ["id"] = rule,
                        ["shortDescription"] = new JsonObject { ["text"] = asks.GetValueOrDefault(rule, "Something in changed code that reviews miss.") },
                    })]),
                },
            },
            ["columnKind"] = "utf16CodeUnits",
            ["properties"] = new JsonObject { ["verdict"] = report.Judgement.Kind.ToString().ToLowerInvariant(), ["policy"] = report.Policy.Digest, ["base"] = report.Base.Hex, ["head"] = report.Head.Hex },
            ["results"] = new JsonArray([.. findings.Select(finding => Result(finding, Array.IndexOf(rules, finding.Rule)))]),
        };
        terminal.WriteLine(new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(run),
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    private static JsonObject Result(GateFinding finding, int rule) => new()
    {
        ["ruleId"] = finding.Rule,
        ["ruleIndex"] = rule,
        ["level"] = finding.Level switch { VerdictKind.Fail => "error", VerdictKind.Insufficient => "warning", _ => "note" },
        ["message"] = new JsonObject { ["text"] = finding.Says },
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = string.Join('/', finding.Path.Value.Split('/').Select(Uri.EscapeDataString)) },
                ["region"] = new JsonObject { ["startLine"] = finding.Start, ["endLine"] = finding.End },
            },
        }),
        ["partialFingerprints"] = new JsonObject { ["airworthyUnit/v1"] = finding.Fingerprint },
    };
}
