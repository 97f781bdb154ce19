using System.CommandLine;
using System.Globalization;
using System.Text;
using Airworthy.Cli.Attributions;
using Airworthy.Cli.Gates;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy attribute</c>: which change broke it.</summary>
internal static class AttributeCommand
{
    /// <summary>Bytes read of a report; what is longer is no report.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    private const string Description = """
        Name the change behind a stack trace, with its reasons, or say plainly that the trace does not tell.

        Exit code: 0 attributed, 2 ambiguous or not attributable.

        Examples:
          airworthy attribute --stack crash.txt --rev v1.0.91 --since v1.0.86 --explain
          kubectl logs shop-7d9 | airworthy attribute ../shop --stack - --rev 3f2a91c --at 2026-03-02T09:15:00Z
          airworthy attribute --stack crash.txt --format json
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var stack = new Option<string>("--stack") { Description = "A file with the stack trace; - for standard input.", HelpName = "FILE", Required = true };
        var revision = new Option<string?>("--rev")
        {
            Description = "The revision that ran. Default: the version that the report names, else the tip of the branch, marked degraded.",
            HelpName = "REV",
        };
        var time = new Option<string?>("--at") { Description = "When it was first seen, ISO 8601 (UTC when no offset is told). What landed later is no suspect.", HelpName = "TIME" };
        var since = new Option<string?>("--since") { Description = "The last good release: what came with the one that failed is told apart from what was there before.", HelpName = "REV" };
        var explain = new Option<bool>("--explain") { Description = "Print each suspect's features and what each added to its score." };
        var evidence = new Option<string[]>("--evidence")
        {
            Description = "Evidence files of trials, as 'airworthy trial' writes them: what they found of a suspect before it merged counts.",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        var requests = new PullRequestsOption();
        var format = new FormatOption("json");
        var command = new Command("attribute", Description) { repository, stack, revision, since, time, evidence, explain, requests, format };
        command.SetAction(async (parsed, cancel) =>
        {
            var seen = Time(parsed.GetValue(time));
            var report = await ReadAsync(parsed.GetValue(stack)!, terminal, cancel);
            var trace = Trace(report, parsed.GetValue(stack)!);
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var ran = parsed.GetValue(revision) is { } named
                ? new DeployedRevision(await git.ResolveAsync(named, cancel), RevisionSource.Given, Degraded: false)
                : await RevisionResolver.ResolveAsync(TraceVersion.Find(report), git, cancel);
            var told = await requests.ReadAsync(parsed, git, terminal, cancel);
            var query = new AttributionQuery(trace, ran, seen, await BeforeAsync(git, parsed.GetValue(since), ran.Commit, cancel));
            var found = ReportGlob.Find(parsed.GetValue(evidence), terminal).SelectMany(file => EvidenceFile.Read(file)).ToArray();
            var answer = await AttributeJourney.RunAsync(git, query, told, found, cancel);
            if (format.IsText(parsed))
            {
                await AttributionText.WriteAsync(answer, git, parsed.GetValue(explain), terminal, cancel);
            }
            else
            {
                AttributionJson.Write(answer, terminal);
            }

            await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, []);
            return answer.Verdict == AttributionVerdict.Attributed ? ExitCode.Yes : ExitCode.NotKnown;
        });
        return command;
    }

    /// <summary>The last good release; it must lie in the history of what ran, or it tells nothing.</summary>
    private static async Task<CommitId?> BeforeAsync(GitRepository git, string? since, CommitId? ran, CancellationToken cancel)
    {
        if (since is null)
        {
            return null;
        }

        var before = await git.ResolveAsync(since, cancel);
        return ran is not { } commit || (before != commit && await git.IsAncestorAsync(before, commit, cancel))
            ? before
            : throw new AttributeException(Fault.Usage, $"--since '{since}' is not in the history of {commit.Short}, which ran: give an older release of the same line");
    }

    internal static DateTimeOffset? Time(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new AttributeException(Fault.Usage, $"--at '{text}' is not a time; write it like 2026-03-02T09:15:00Z");
    }

    private static StackTrace Trace(string report, string source)
    {
        var name = source == "-" ? "standard input" : $"'{source}'";
        if (string.IsNullOrWhiteSpace(report))
        {
            throw new AttributeException(Fault.BadInput, $"{name} is empty: it must hold a stack trace");
        }

        return StackTraces.Read(report)
            ?? throw new AttributeException(
                Fault.BadInput, $"no stack trace is found in {name}: known are {string.Join(", ", StackTraces.Dialects)}, each as its runtime writes it");
    }

    internal static async Task<string> ReadAsync(string source, Terminal terminal, CancellationToken cancel)
    {
        try
        {
            await using var file = source == "-" ? terminal.In : File.OpenRead(terminal.Resolve(source));
            var bytes = new byte[MaxBytes];
            return Encoding.UTF8.GetString(bytes, 0, await file.ReadAtLeastAsync(bytes, MaxBytes, throwOnEndOfStream: false, cancel));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new AttributeException(Fault.BadInput, $"'{source}' can't be read: {unreadable.Message}", unreadable);
        }
    }
}
