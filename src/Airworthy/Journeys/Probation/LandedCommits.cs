using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys.Probation;

/// <summary>Tells which of some commits are in the history of a revision; each history is read once.</summary>
internal sealed class LandedCommits(GitRepository git, IReadOnlySet<CommitId> commits)
{
    private readonly Dictionary<CommitId, HashSet<CommitId>> _known = [];

    /// <summary>The commits that are sought.</summary>
    public IReadOnlySet<CommitId> Sought => commits;

    public async Task<bool> AreInAsync(CommitId commit, CommitId revision, CancellationToken cancel)
    {
        if (!_known.TryGetValue(revision, out var held))
        {
            held = [];
            await foreach (var one in git.HistoryAsync(revision.Hex, cancel))
            {
                if (commits.Contains(one.Id))
                {
                    held.Add(one.Id);
                }
            }

            _known[revision] = held;
        }

        return held.Contains(commit);
    }
}
