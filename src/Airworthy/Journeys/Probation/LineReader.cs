using System.Text;
using Airworthy.Code;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;

namespace Airworthy.Journeys.Probation;

/// <summary>Tells the lines of a change that live at the tip, who wrote each and whether it ever ran: told of a version that ran, a statement is found again by where its line came from.</summary>
public sealed class LineReader(RepositoryIndexer indexer, EvidenceReader evidence, ChangedPaths paths)
{
    private const int MostLines = 2_000;
    private const int LongestLine = 500;

    /// <summary>The lines by file; none while the repository was not read.</summary>
    public async Task<IReadOnlyList<LivingFile>> OfAsync(string repository, Change change, CancellationToken cancel)
    {
        if (indexer.AtTip(repository) is not { } view)
        {
            return [];
        }

        var commits = change.Commits.ToHashSet();
        var ran = await evidence.RanLinesAsync(repository, commits, cancel);
        var files = new List<LivingFile>();
        var left = MostLines;
        foreach (var path in await paths.OfAsync(view, change, cancel))
        {
            if (left <= 0)
            {
                break;
            }

            var lines = await LinesAsync(view, path, commits, ran, left, cancel);
            left -= lines.Count;
            if (lines.Count > 0)
            {
                files.Add(new LivingFile(path.Display, lines));
            }
        }

        return files;
    }

    private static async Task<IReadOnlyList<LivingLine>> LinesAsync(
        RepositoryView view,
        RepoPath path,
        HashSet<CommitId> commits,
        IReadOnlyDictionary<(CommitId Commit, RepoPath Path, int Line), bool> ran,
        int most,
        CancellationToken cancel)
    {
        if (await view.Git.Lines.OriginsAsync(path, view.Revision, cancel) is not { } origins
            || !origins.Runs.Any(run => commits.Contains(run.Commit))
            || await view.Git.ReadAsync(view.Revision, path, CodeUnits.MaxBytes, cancel) is not { } bytes)
        {
            return [];
        }

        var text = Encoding.UTF8.GetString(bytes).Split('\n');
        var lines = new List<LivingLine>();
        foreach (var run in origins.Runs.Where(run => commits.Contains(run.Commit)))
        {
            var author = view.AuthorshipOf(run.Commit).Kind;
            for (var line = run.Span.Start; line <= Math.Min(run.Span.End, text.Length) && lines.Count < most; line++)
            {
                var here = text[line - 1].TrimEnd('\r');
                lines.Add(new LivingLine(
                    line,
                    here.Length <= LongestLine ? here : here[..LongestLine] + "…",
                    author,
                    ran.TryGetValue((run.Commit, run.OriginalPath, run.OriginalStart + line - run.Start), out var did) ? did : null));
            }
        }

        return lines;
    }
}
