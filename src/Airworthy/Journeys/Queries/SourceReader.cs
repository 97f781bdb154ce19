using System.Text;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>Reads what answers quote of a repository: commit subjects, diffs and a few lines around a frame; each bounded.</summary>
internal static class SourceReader
{
    private const int MostDiffLines = 2000;
    private const int LongestLine = 500;
    private const int LinesAround = 5;
    private const long LargestFile = 1024 * 1024;

    public static async Task<string> SubjectAsync(GitRepository repository, CommitId commit, CancellationToken cancel) =>
        Clip((await repository.CommitAsync(commit, cancel)).Subject);

    /// <summary>What a commit changed against its first parent.</summary>
    public static async Task<CommitDiff?> DiffAsync(GitRepository repository, CommitId commit, CancellationToken cancel)
    {
        var parents = (await repository.CommitAsync(commit, cancel)).Parents;
        var files = new List<DiffFile>();
        var left = MostDiffLines;
        await foreach (var file in repository.DiffAsync(parents.IsEmpty ? null : parents[0], commit, cancel))
        {
            if (left <= 0)
            {
                return new CommitDiff(commit.Hex, files, Truncated: true);
            }

            var hunks = new List<DiffHunk>();
            foreach (var hunk in file.Hunks)
            {
                hunks.Add(new DiffHunk(hunk.OldStart, hunk.NewStart, Take(hunk.Removed, ref left), Take(hunk.Added, ref left)));
                if (left <= 0)
                {
                    break;
                }
            }

            files.Add(new DiffFile(file.OldPath?.Display, file.NewPath?.Display, file.IsBinary, hunks));
        }

        return new CommitDiff(commit.Hex, files, Truncated: left <= 0);
    }

    /// <summary>The lines around a line; null when the file is not there, too large, or no text.</summary>
    public static async Task<SourceExcerpt?> AroundAsync(
        GitRepository repository, CommitId revision, RepoPath path, int line, CancellationToken cancel)
    {
        var bytes = await repository.ReadAsync(revision, path, LargestFile, cancel);
        if (bytes is null || bytes.Contains((byte)0))
        {
            return null;
        }

        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (line < 1 || line > lines.Length)
        {
            return null;
        }

        var start = Math.Max(1, line - LinesAround);
        var end = Math.Min(lines.Length, line + LinesAround);
        return new SourceExcerpt(start, [.. lines[(start - 1)..end].Select(l => Clip(l.TrimEnd('\r')))]);
    }

    private static List<string> Take(IEnumerable<string> lines, ref int left)
    {
        var taken = new List<string>();
        foreach (var line in lines)
        {
            if (left-- <= 0)
            {
                break;
            }

            taken.Add(Clip(line));
        }

        return taken;
    }

    private static string Clip(string text) => text.Length <= LongestLine ? text : text[..LongestLine] + "…";
}
