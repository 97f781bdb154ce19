using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Which files were mended, by the commits that say that they mend something: a place to look, not a judgement.</summary>
internal static class MendedFiles
{
    private const int MostCommits = 5_000;
    private const int MostMends = 500;

    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "fix", "fixes", "fixed", "bug", "bugfix", "hotfix", "revert", "reverts", "regression", "crash", "cve", "vulnerability", "deadlock", "leak",
    };

    /// <summary>Files with how many of the last 500 mending commits, among the last 5,000 commits, changed them.</summary>
    public static async Task<Dictionary<RepoPath, int>> FindAsync(GitRepository repository, CommitId head, CancellationToken cancel)
    {
        var mends = new List<Commit>();
        var read = 0;
        await foreach (var commit in repository.HistoryAsync(head.Hex, cancel))
        {
            if (commit.Parents.Length == 1 && Mends(commit.Subject) && !repository.CutOffAt.Contains(commit.Id))
            {
                mends.Add(commit);
            }

            if (++read == MostCommits || mends.Count == MostMends)
            {
                break;
            }
        }

        var times = new Dictionary<RepoPath, int>();
        foreach (var commit in mends)
        {
            await foreach (var file in repository.ChangesAsync(commit.Id, commit.Parents[0], cancel))
            {
                if (file.NewPath is { } path)
                {
                    times[path] = times.GetValueOrDefault(path) + 1;
                }
            }
        }

        return times;
    }

    private static bool Mends(string subject)
    {
        foreach (var range in subject.AsSpan().SplitAny(' ', ':', '(', ')', '[', ']', ',', '.', '-', '"', '!', '/'))
        {
            if (s_words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(subject.AsSpan()[range]))
            {
                return true;
            }
        }

        return false;
    }
}
