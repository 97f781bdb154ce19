using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Cli.Gates;

/// <summary>What a job of GitHub Actions shows: its summary, and annotations beside the changed lines.</summary>
internal static class GitHubJob
{
    // GitHub shows ten of a kind for a step.
    private const int Shown = 10;

    /// <summary>Appends the answer to the job's summary, and writes annotations.</summary>
    /// <exception cref="GateException">No job's summary is named.</exception>
    public static void Write(GateReport report, Terminal terminal, Func<string, string?> variable)
    {
        if (variable("GITHUB_STEP_SUMMARY") is not { Length: > 0 } path)
        {
            throw new GateException(Fault.Usage, "--summary writes to the file that GITHUB_STEP_SUMMARY names, and it names none; use '--format markdown' elsewhere");
        }

        using (var file = new FileStream(path, FileMode.Append, FileAccess.Write))
        {
            GateMarkdown.Write(report, terminal.Into(file));
        }

        foreach (var level in GateFinding.Of(report).GroupBy(finding => finding.Level))
        {
            foreach (var finding in level.Take(Shown))
            {
                var command = level.Key switch { VerdictKind.Fail => "error", VerdictKind.Insufficient => "warning", _ => "notice" };
                terminal.WriteLine($"::{command} file={Property(finding.Path.Value)},line={finding.Start},endLine={finding.End},title={Property(finding.Rule)}::{Data(finding.Says)}");
            }
        }
    }

    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
