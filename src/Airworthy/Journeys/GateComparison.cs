using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>The two sides of a change and where they parted.</summary>
/// <param name="Base">The revision the change is to land on.</param>
/// <param name="Head">The change's last commit.</param>
/// <param name="MergeBase">Where they parted.</param>
internal sealed record GateComparison(CommitId Base, CommitId Head, CommitId MergeBase)
{
    /// <summary>Finds where two revisions parted, if the history at hand can tell.</summary>
    /// <exception cref="GateException">They share no history, or the clone is too shallow to tell where they parted.</exception>
    public static async Task<GateComparison> FindAsync(GitRepository repository, string baseRevision, string headRevision, CancellationToken cancel)
    {
        var @base = await repository.ResolveAsync(baseRevision, cancel);
        var head = await repository.ResolveAsync(headRevision, cancel);
        var mergeBase = await repository.MergeBaseAsync(@base, head, cancel);
        if (repository.IsShallow && (mergeBase is null || await IsCutOffAsync(repository, mergeBase.Value, [@base, head], cancel)))
        {
            throw new GateException(
                Fault.BadInput,
                "the clone is shallow, and where base and head parted may lie beyond its end; run 'git fetch --unshallow' (or 'git fetch --deepen=1000') and ask again");
        }

        return mergeBase is { } found
            ? new GateComparison(@base, head, found)
            : throw new GateException(
                Fault.BadInput, $"'{baseRevision}' and '{headRevision}' share no history, so there is no change between them to judge");
    }

    /// <summary>
    /// True when history ends early on a way from a tip down to <paramref name="mergeBase"/>: another, later common ancestor may then be hidden.
    /// Where every commit above it has its parents, the merge base is the one a full clone gives.
    /// </summary>
    private static async Task<bool> IsCutOffAsync(GitRepository repository, CommitId mergeBase, CommitId[] tips, CancellationToken cancel)
    {
        var ends = await ShallowEndsAsync(repository, cancel);
        foreach (var tip in tips)
        {
            await foreach (var commit in repository.HistoryAsync($"{mergeBase}..{tip}", cancel))
            {
                if (ends.Contains(commit.Id))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static async Task<HashSet<CommitId>> ShallowEndsAsync(GitRepository repository, CancellationToken cancel)
    {
        var ends = new HashSet<CommitId>();
        var file = Path.Combine(repository.Directory, "shallow");
        if (!File.Exists(file))
        {
            throw new GateException(Fault.BadInput, "the clone is shallow and does not say where its history ends; run 'git fetch --unshallow' and ask again");
        }

        await foreach (var line in File.ReadLinesAsync(file, cancel))
        {
            if (CommitId.TryParse(line.AsSpan().Trim(), out var id))
            {
                ends.Add(id);
            }
        }

        return ends;
    }
}
