using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Recordings;
using Airworthy.Model;
using Airworthy.Probes.Replay;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy replay</c>: recorded calls against two builds.</summary>
internal static class ReplayCommand
{
    /// <summary>Differences shown of one call; JSON has all.</summary>
    private const int MostShown = 8;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var from = new Option<string>("--base") { Description = "The revision to compare with.", HelpName = "REV", Required = true };
        var to = new Option<string>("--head") { Description = "The revision that is compared.", HelpName = "REV", DefaultValueFactory = _ => "HEAD" };
        var recordings = new Option<string>("--recordings") { Description = "The folder of recordings.", HelpName = "FOLDER", DefaultValueFactory = _ => "recordings" };
        var project = new Option<string?>("--project") { Description = "The application to start, where the recorded methods are in a library.", HelpName = "PROJECT" };
        var seconds = new Option<double>("--seconds") { Description = "How long one call may take, 0.1 to 600.", HelpName = "N", DefaultValueFactory = _ => 10 };
        var kept = new Option<string?>("--report") { Description = "Also write the report as JSON, for 'recordings to-tests'.", HelpName = "FILE" };
        var evidence = new Option<string?>("--evidence") { Description = "Also write what was proven of each unit, for 'gate --evidence'.", HelpName = "FILE" };
        var format = new AnswerFormat();
        var command = new Command(
            "replay",
            """
            Make recorded calls and requests again in two revisions, and tell where they differ. Both are checked out beside the repository and built; calls are made
            in a process of each, requests are sent to each as a service on a port of this machine. Calls outward over HTTP are answered from the recording; what goes to a
            database goes there. The base runs twice, and what differs between its own runs is left out.

            Exit code: 0 all the same, 1 something differs, 2 nothing could be compared.
            """) { repository, from, to, recordings, project, seconds, kept, evidence }
            .WithExamples("airworthy replay --base v1.1 --head main --recordings recordings --report replay.json", "airworthy replay ../shop --base v1.1 --project tests/Shop.Tests/Shop.Tests.csproj --format json");
        format.AddTo(command);
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 600))
            {
                result.AddError("--seconds takes 0.1 to 600");
            }
        });
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var set = Probes.Recordings.RecordingSet.Read(terminal.Resolve(parsed.GetValue(recordings)!), Environment.GetEnvironmentVariable("AIRWORTHY_RECORDINGS_KEY"));
            var question = new ReplayQuestion(
                await git.ResolveAsync(parsed.GetRequiredValue(from), cancel),
                await git.ResolveAsync(parsed.GetValue(to)!, cancel),
                parsed.GetValue(project),
                TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            var progress = new Steps(terminal);
            var report = await ReplayJourney.RunAsync(git, question, set, progress, cancel);
            await format.WriteAsync(parsed, terminal, report, Write, cancel);
            if (parsed.GetValue(kept) is { } file)
            {
                await File.WriteAllBytesAsync(terminal.Resolve(file), JsonSerializer.SerializeToUtf8Bytes(report, AirworthyJson.Indented), cancel);
            }

            if (parsed.GetValue(evidence) is { } proven)
            {
                await using var stream = File.Create(terminal.Resolve(proven));
                EvidenceFile.Write(stream, ReplayEvidence.Of(report));
            }

            return report switch
            {
                { Different: > 0 } => ExitCode.No,
                { Same: > 0 } => ExitCode.Yes,
                _ => ExitCode.NotKnown,
            };
        });
        return command;
    }

    private static void Write(IAnsiConsole console, ReplayReport report)
    {
        var unreadable = report.Unreadable > 0 ? $", {Words.Count(report.Unreadable, "file")} unreadable" : "";
        console.WriteLine($"{Words.Count(report.Calls.Length, "recording")} at {report.Base[..12]} and at {report.Head[..12]}: {report.Same} same, {report.Different} different, {report.NotCompared} not compared{unreadable}");
        foreach (var call in report.Calls.Where(call => call.Verdict == ReplayVerdict.Different))
        {
            console.WriteLine();
            Line(console, $"different  {call.Recording.Id.ToString("N")[..8]}  {RecordingsCommand.Call(call.Recording)}{(call.Recording.Culture.Length > 0 ? $"  {call.Recording.Culture}" : "")}{(call.Reproduces == false ? "  · the base answers otherwise than recorded" : "")}");
            WriteDifferences(console, call);
        }

        var others = report.Calls.Where(call => call.Verdict == ReplayVerdict.NotCompared).GroupBy(call => call.Reason, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ToList();
        if (others.Count > 0)
        {
            console.WriteLine();
        }

        foreach (var reason in others)
        {
            Line(console, $"not compared  {Words.Count(reason.Count(), "recording")}, as of {RecordingsCommand.Call(reason.First().Recording)}: {reason.Key}");
        }
    }

    private static void WriteDifferences(IAnsiConsole console, ReplayComparison call)
    {
        if (call.Base.State != call.Head.State)
        {
            Line(console, $"    {End(call.Base)} → {End(call.Head)}");
            return;
        }

        foreach (var difference in call.Differences.Take(MostShown))
        {
            Line(console, $"    {difference.Path}: {difference.Base ?? "nothing"} → {difference.Head ?? "nothing"}");
        }

        if (call.Differences.Length > MostShown)
        {
            Line(console, string.Create(CultureInfo.InvariantCulture, $"    and {call.Differences.Length - MostShown} more"));
        }
    }

    private static string End(ReplayedCall call) => call.Outcome is { } outcome ? RecordedText.End(outcome)
        : call.Reason.Length > 0 ? $"{Words.Of(call.State)} ({call.Reason})" : Words.Of(call.State);

    private static void Line(IAnsiConsole console, string text) => console.Profile.Out.Writer.WriteLine(Printable.Of(text));

    /// <summary>Tells on standard error what is being done, where a person watches: a build takes a while.</summary>
    private sealed class Steps(Terminal terminal) : IProgress<string>
    {
        public void Report(string value)
        {
            if (!terminal.IsErrorRedirected)
            {
                terminal.Error.WriteLine($"{value} …");
            }
        }
    }
}
