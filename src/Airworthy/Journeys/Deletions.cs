using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>Finds changes that live in a function although no line of theirs does: those that only deleted there.</summary>
internal static class Deletions
{
    /// <summary>The latest commits of a file that are looked at.</summary>
    private const int MostCommits = 20;

    /// <summary>True when one of <paramref name="commits"/> only deleted, at a place that still is within <paramref name="span"/>.</summary>
    public static async Task<bool> LiveAsync(
        GitRepository repository, IReadOnlySet<CommitId> commits, RepoPath path, LineSpan span, CommitId revision, CancellationToken cancel)
    {
        // Asked of the file's latest commits alone: a change of many commits elsewhere costs nothing.
        await foreach (var commit in repository.HistoryAsync([path], revision, MostCommits, cancel))
        {
            if (commits.Contains(commit.Id) && commit.Parents.Length == 1 && await LivesAsync(repository, commit.Id, path, span, revision, cancel))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<bool> LivesAsync(
        GitRepository repository, CommitId commit, RepoPath path, LineSpan span, CommitId revision, CancellationToken cancel)
    {
        foreach (var anchor in await DeletionAnchor.ReadAsync(repository, commit, cancel))
        {
            if (await anchor.LivesAsync(repository, path, span, revision, cancel))
            {
                return true;
            }
        }

        return false;
    }
}
