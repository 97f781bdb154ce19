using Airworthy.Incidents.Bisecting;

namespace Airworthy.Cli.Commands;

/// <summary>A bisection's report as JSON. The format is promised: docs/bisect.md.</summary>
internal sealed record BisectAnswer(
    string? FirstBad,
    string? Subject,
    bool IsMerge,
    IReadOnlyList<string> Possible,
    string Good,
    string Bad,
    int Candidates,
    int Tested,
    int Skipped,
    int Runs,
    int Resumed,
    double Error,
    RunTally? FailsAtGood,
    RunTally? FailsAtBad,
    string? Output)
{
    public static BisectAnswer Of(BisectReport report, string subject) => new(
        report.FirstBad?.Hex,
        report.FirstBad is null ? null : subject,
        report.IsMerge,
        [.. report.Possible.Select(commit => commit.Hex)],
        report.Good.Hex,
        report.Bad.Hex,
        report.Candidates,
        report.Tested,
        report.Skipped,
        report.Runs,
        report.Resumed,
        report.Error,
        report.FailsAtGood,
        report.FailsAtBad,
        report.Output);
}
