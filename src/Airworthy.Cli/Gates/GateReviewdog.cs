using System.Text.Json;
using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Cli.Gates;

/// <summary>The gate's findings in reviewdog's diagnostic format (<c>rdjson</c>). See https://github.com/reviewdog/reviewdog/tree/master/proto/rdf.</summary>
internal static class GateReviewdog
{
    public static void Write(GateReport report, Terminal terminal) => terminal.WriteLine(JsonSerializer.Serialize(
        new
        {
            Source = new { Name = "airworthy" },
            Severity = Severity(report.Judgement.Kind),
            Diagnostics = GateFinding.Of(report).Select(finding => new
            {
                Message = finding.Says,
                Location = new { Path = finding.Path.Value, Range = new { Start = new { Line = finding.Start }, End = new { Line = finding.End } } },
                Severity = Severity(finding.Level),
                Code = new { Value = finding.Rule },
            }),
        },
        AirworthyJson.Indented));

    private static string Severity(VerdictKind kind) => kind switch { VerdictKind.Fail => "ERROR", VerdictKind.Insufficient => "WARNING", _ => "INFO" };
}
