using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy blame</c>: who wrote each line.</summary>
internal static class BlameCommand
{
    private const string Description = """
        Tells for each line of files which commit it is from and who wrote it: ai, human or unknown. No PATH means every text file.

        Examples:
          airworthy blame . src/Refunds.cs
          airworthy blame . src tests --rev v1.0
          airworthy blame ../service --format ndjson > lines.ndjson
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files or folders, from the repository's top.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var revision = new RevisionOption("The revision whose files are read.");
        var ignored = new IgnoreRevisionOption();
        var requests = new PullRequestsOption();
        var format = new FormatOption("ndjson");
        var command = new Command("blame", Description) { repository, paths, revision, ignored, requests, format };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var commit = await git.ResolveAsync(parsed.GetValue(revision)!, cancel);
            await ignored.ApplyAsync(parsed, git, cancel);
            if (parsed.GetValue(paths)!.Length == 0)
            {
                git.Lines.Prepare(commit);
            }

            var chosen = parsed.GetValue(paths)!.Select(path => FromTop(path, git, terminal)).ToList();
            var told = await requests.ReadAsync(parsed, git, terminal, cancel);
            var authors = await DeclaredAuthors.OpenAsync(git, commit, told, cancel);
            await RunAsync(git, commit, chosen, authors, format.IsText(parsed), terminal, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static async Task RunAsync(
        GitRepository git,
        CommitId commit,
        List<RepoPath> paths,
        DeclaredAuthors authors,
        bool isText,
        Terminal terminal,
        CancellationToken cancel)
    {
        var coverage = new CoverageCount();
        var skipped = new ConcurrentQueue<SkippedFile>();
        var told = 0;
        await using (var progress = new ProgressLine(terminal, TimeProvider.System))
        await using (var text = new StreamWriter(terminal.Out, leaveOpen: true))
        await using (var lines = new JsonLines(terminal.Out))
        {
            await foreach (var file in BlameJourney.RunAsync(git, commit, paths, authors, skipped.Enqueue, cancel))
            {
                told++;
                if (isText)
                {
                    await text.WriteAsync(Text(file), cancel);
                    foreach (var (run, authorship) in file.Runs)
                    {
                        coverage.Add(authorship, await authors.Reader.CommittedAtAsync(run.Commit, cancel), run.Count);
                    }
                }
                else
                {
                    await lines.WriteAsync(file, WriteJson, cancel);
                }

                if (terminal.IsOutRedirected)
                {
                    progress.Report(new ScanStep("tracing lines of files", told, Total: null));
                }
            }

            if (isText)
            {
                await CoverageText.WriteAsync(text, coverage.Told(), "line", disclosure: null);
            }
        }

        foreach (var file in skipped.Where(file => file.Problem is null && paths.Contains(file.Path)))
        {
            await terminal.Error.WriteLineAsync($"airworthy: warning: '{file.Path.Display}' is left out: {file.Reason}");
        }

        if (skipped.Where(file => file.Problem is not null).ToList() is { Count: > 0 } unreadable)
        {
            await terminal.Error.WriteLineAsync(
                $"airworthy: warning: {Words.Count(unreadable.Count, "file")} can't be read and {(unreadable.Count == 1 ? "is" : "are")} left out: {unreadable[0].Problem}; see 'git fsck'");
        }

        await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, authors.Reader.UnreadableNotes);
    }

    /// <summary>A path as typed, made relative to the repository's top: it may be absolute, or start with <c>./</c>.</summary>
    private static RepoPath FromTop(string typed, GitRepository git, Terminal terminal)
    {
        var path = typed;
        if (Path.IsPathFullyQualified(path) && git.WorkTree is { } top)
        {
            path = Path.GetRelativePath(top, terminal.Resolve(path));
        }

        path = path.Replace(Path.DirectorySeparatorChar, '/');
        while (path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        path = path.TrimEnd('/');
        return new RepoPath(path == "." ? "" : path);
    }

    private static StringBuilder Text(BlameFile file)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{file.Path.Display}  {Words.Count(file.Lines, "line")}\n");
        foreach (var (lines, authorship) in file.Runs)
        {
            var span = lines.Count == 1 ? $"{lines.Start}" : $"{lines.Start}-{lines.Span.End}";
            var known = authorship.Kind == AuthorKind.Unknown ? "" : authorship.Basis == AuthorshipBasis.Line ? "line" : "commit";
            var line =
                $"  {span,13}  {lines.Commit.Short}  {ProvenanceJson.Word(authorship.Kind),-7}  {known,-6}  {AuthorshipText.Agents(authorship)}{AuthorshipText.Conflicts(authorship)}";
            text.Append(line.TrimEnd()).Append('\n');
        }

        return text;
    }

    private static void WriteJson(Utf8JsonWriter json, BlameFile file)
    {
        json.WriteStartObject();
        json.WritePath("path", file.Path);
        json.WriteNumber("lines", file.Lines);
        json.WriteObjects("runs", file.Runs, static (json, run) =>
        {
            var (lines, authorship) = run;
            json.WriteNumber("start", lines.Start);
            json.WriteNumber("count", lines.Count);
            json.WriteString("sha", lines.Commit.Hex);
            json.WritePath("originalPath", lines.OriginalPath);
            json.WriteNumber("originalStart", lines.OriginalStart);
            json.WriteString("authorship", ProvenanceJson.Word(authorship.Kind));
            json.WriteString("basis", authorship.Basis == AuthorshipBasis.Line ? "line" : "commit");
            json.WriteAgents(authorship.Agents);
            json.WriteConflicts(authorship);
        });
        json.WriteEndObject();
    }
}
