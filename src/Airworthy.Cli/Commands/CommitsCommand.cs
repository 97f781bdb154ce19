using System.CommandLine;
using System.Text.Json;
using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Provenance;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy commits</c>: who wrote each commit of a range.</summary>
internal static class CommitsCommand
{
    private const string Description = """
        Lists the commits of a range, newest first, with who wrote each: ai, human or unknown.

        Examples:
          airworthy commits
          airworthy commits --rev v1.0..HEAD
          airworthy commits --pull-requests pulls.json
          airworthy commits ../service --rev main --format ndjson | jq -r 'select(.authorship=="ai").sha'
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var range = new RevisionOption("A revision, for all its history, or a range A..B.") { HelpName = "REV|A..B" };
        var requests = new PullRequestsOption();
        var format = new FormatOption("ndjson");
        var command = new Command("commits", Description) { repository, range, requests, format };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var tip = await CommitsJourney.TipAsync(git, parsed.GetValue(range)!, cancel);
            var told = await requests.ReadAsync(parsed, git, terminal, cancel);
            var authors = await DeclaredAuthors.OpenAsync(git, tip, told, cancel);
            await RunAsync(git, parsed.GetValue(range)!, authors, format.IsText(parsed), terminal, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static async Task RunAsync(
        GitRepository git, string range, DeclaredAuthors authors, bool isText, Terminal terminal, CancellationToken cancel)
    {
        var coverage = new CoverageCount();
        await using (var text = new StreamWriter(terminal.Out, leaveOpen: true))
        await using (var lines = new JsonLines(terminal.Out))
        {
            await foreach (var entry in CommitsJourney.RunAsync(git, range, authors, cancel))
            {
                coverage.Add(entry.Authorship, entry.Commit.CommittedAt, count: 1, inTrend: entry.Commit.Parents.Length < 2);
                if (isText)
                {
                    await text.WriteLineAsync(Text(entry));
                }
                else
                {
                    await lines.WriteAsync(entry, WriteJson, cancel);
                }
            }

            if (isText)
            {
                var told = coverage.Told();
                await CoverageText.WriteAsync(text, told, "commit", ScanDisclosure.Find(told.Trend));
            }
        }

        await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, authors.Reader.UnreadableNotes);
    }

    private static string Text(CommitsEntry entry)
    {
        var agents = AuthorshipText.Agents(entry.Authorship);
        var subject = new Model.RepoPath(entry.Commit.Subject).Display;
        return $"{entry.Commit.Id.Short}  {ProvenanceJson.Word(entry.Authorship.Kind),-7}  {subject}{(agents.Length > 0 ? $"  [{agents}]" : "")}";
    }

    private static void WriteJson(Utf8JsonWriter json, CommitsEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("sha", entry.Commit.Id.Hex);
        json.WriteString("change", entry.Change.Value);
        json.WriteString("authorship", ProvenanceJson.Word(entry.Authorship.Kind));
        json.WriteAgents(entry.Authorship.Agents);
        json.WriteSignals("signals", entry.Authorship.Signals);
        json.WriteObjects("origins", entry.Origins, static (json, origin) =>
        {
            json.WriteString("kind", origin.Kind == CommitOriginKind.Revert ? "revert" : "cherry-pick");
            json.WriteString("sha", origin.Commit.Hex);
        });
        json.WriteConflicts(entry.Authorship);
        json.WriteEndObject();
    }
}
