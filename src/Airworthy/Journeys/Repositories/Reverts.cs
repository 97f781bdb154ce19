using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys.Repositories;

/// <summary>Which commits of a history say that they undo which. What undoes an undoing lets the first stand again.</summary>
internal sealed class Reverts
{
    // Longer than any real quarrel; a forged chain ends here.
    private const int LongestChain = 50;
    private readonly Dictionary<CommitId, List<CommitId>> _by = [];

    public void Add(Commit commit)
    {
        foreach (var origin in LandingMarks.Origins(commit).Where(origin => origin.Kind == CommitOriginKind.Revert))
        {
            if (!_by.TryGetValue(origin.Commit, out var by))
            {
                _by.Add(origin.Commit, by = []);
            }

            by.Add(commit.Id);
        }
    }

    /// <summary>The commit that undid <paramref name="commit"/> and stands; null when none does.</summary>
    public CommitId? Of(CommitId commit) => Of(commit, depth: 0);

    private CommitId? Of(CommitId commit, int depth)
    {
        if (depth < LongestChain && _by.TryGetValue(commit, out var by))
        {
            foreach (var revert in by)
            {
                if (Of(revert, depth + 1) is null)
                {
                    return revert;
                }
            }
        }

        return null;
    }
}
