using System.Runtime.InteropServices;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>
/// Reads what the latest commits did to the trace's files, also where no line is left of it to blame: what they took away, and what others wrote over since.
/// Newest first, each place is carried forward over the hunks of the commits after it, so that it is met at the revision that ran.
/// </summary>
internal static class RecentEdits
{
    /// <summary>Commits looked at.</summary>
    private const int MaxCommits = 120;

    /// <summary>Hunks of a commit in one file looked at: what has more rewrote the file.</summary>
    private const int MaxHunks = 200;

    public static async Task<List<RecentEdit>> ReadAsync(GitRepository repository, CommitId revision, IReadOnlyCollection<RepoPath> paths, CancellationToken cancel)
    {
        var commits = new List<Commit>();
        await foreach (var commit in repository.HistoryAsync(paths, revision, MaxCommits, cancel))
        {
            commits.Add(commit);
        }

        var found = new List<RecentEdit>();
        var since = new Dictionary<RepoPath, List<Hunk>>();
        await using var changes = repository.ChangesOf(paths);
        try
        {
            foreach (var commit in commits.Where(commit => commit.Parents.Length == 1))
            {
                await foreach (var diff in changes.ReadAsync(commit.Id, commit.Parents[0], cancel))
                {
                    if (diff.NewPath is { } path)
                    {
                        var later = CollectionsMarshal.GetValueRefOrAddDefault(since, path, out _) ??= [];
                        found.AddRange(diff.Hunks.Take(MaxHunks).Select(hunk => Placed(commit, path, hunk, later)));
                        later.InsertRange(0, diff.Hunks.Reverse());
                    }
                }
            }
        }
        catch (GitException unreadable) when (unreadable.Fault is Fault.BadInput or Fault.Unavailable)
        {
            // A partial clone left an object out, or one is damaged: what was read until there is all that is known.
        }

        return found;
    }

    private static RecentEdit Placed(Commit commit, RepoPath path, Hunk hunk, List<Hunk> later)
    {
        var (start, end) = hunk.NewCount == 0 ? (Math.Max(1, hunk.NewStart), hunk.NewStart + 1) : (hunk.NewStart, hunk.NewStart + hunk.NewCount - 1);
        return new RecentEdit(commit, path, new LineSpan(Carried(start, later), Carried(end, later)), hunk.OldCount > hunk.NewCount);
    }

    /// <summary>A line carried over later hunks, the oldest commit's first and in each the last hunk first.</summary>
    private static int Carried(int line, List<Hunk> later)
    {
        foreach (var hunk in later)
        {
            if (line >= hunk.OldStart + Math.Max(1, hunk.OldCount))
            {
                line += hunk.NewCount - hunk.OldCount;
            }
        }

        return Math.Max(1, line);
    }
}
