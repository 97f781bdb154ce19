using System.Text.Json;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Cli.Gates;

/// <summary>The gate's findings as GitLab's code quality report. See https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.</summary>
internal static class GateCodeQuality
{
    private static readonly JsonSerializerOptions s_options = new(AirworthyJson.Indented) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Write(GateReport report, Terminal terminal) => terminal.WriteLine(JsonSerializer.Serialize(
        GateFinding.Of(report).DistinctBy(finding => finding.Fingerprint, StringComparer.Ordinal).Select(finding => new
        {
            Description = finding.Says,
            CheckName = finding.Rule,
            finding.Fingerprint,
            Severity = Severity(finding),
            Location = new { Path = finding.Path.Value, Lines = new { Begin = finding.Start, finding.End } },
        }),
        s_options));

    private static string Severity(GateFinding finding) => (finding.Level, finding.Criticality) switch
    {
        (VerdictKind.Fail, Criticality.High) => "blocker",
        (VerdictKind.Fail, _) => "critical",
        (VerdictKind.Insufficient, not null) => "major",
        (VerdictKind.Insufficient, null) => "minor",
        _ => "info",
    };
}
