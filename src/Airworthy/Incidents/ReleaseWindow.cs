using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>The commits that came with the release that failed: those since the release before, which did not.</summary>
internal sealed class ReleaseWindow
{
    private readonly HashSet<CommitId> _ids;

    private ReleaseWindow(HashSet<CommitId> ids) => _ids = ids;

    public int Count => _ids.Count;

    public static async Task<ReleaseWindow> OpenAsync(GitRepository repository, CommitId before, CommitId revision, CancellationToken cancel)
    {
        var ids = new HashSet<CommitId>();
        await foreach (var commit in repository.HistoryAsync($"{before.Hex}..{revision.Hex}", cancel))
        {
            ids.Add(commit.Id);
        }

        return new ReleaseWindow(ids);
    }

    public bool Contains(CommitId commit) => _ids.Contains(commit);
}
