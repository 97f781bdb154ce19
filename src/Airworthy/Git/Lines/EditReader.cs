using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>Reads what commits did, chunk by chunk, with a few git processes of its own. One a core.</summary>
internal sealed class EditReader(string directory) : IAsyncDisposable
{
    private DiffTree? _renaming;
    private DiffTree? _plain;
    private DiffTree? _listing;

    /// <summary>The edits of the commits at <paramref name="places"/> of <paramref name="graph"/>, in their order.</summary>
    /// <exception cref="GitException">git failed, or answered in another form.</exception>
    public async Task<CommitEdits[]> ReadAsync(CommitGraph graph, IReadOnlyList<int> places, CancellationToken cancel)
    {
        var merges = places.Where(p => graph.Parents(p).Length > 1).ToList();
        var others = places.Where(p => graph.Parents(p).Length <= 1).Select(p => graph[p]).ToList();
        var edits = new Dictionary<CommitId, CommitEdits>(places.Count);
        foreach (var ordinary in await Renaming.ReadAsync(others, cancel))
        {
            edits.Add(ordinary.Commit, ordinary);
        }

        foreach (var merge in await MergesAsync(graph, merges, cancel))
        {
            edits.Add(merge.Commit, merge);
        }

        return [.. places.Select(p => edits[graph[p]])];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _renaming, _plain, _listing })
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }
    }

    private DiffTree Renaming => _renaming ??= DiffTree.Patches(directory, renames: true);

    /// <summary>
    /// A merge is first compared without renames. Where a file that differs from every parent is missing in one of them, it may have another
    /// name there, and only then is that looked for.
    /// </summary>
    private async Task<List<CommitEdits>> MergesAsync(CommitGraph graph, List<int> places, CancellationToken cancel)
    {
        if (places.Count == 0)
        {
            return [];
        }

        _plain ??= DiffTree.Patches(directory, renames: false);
        _listing ??= DiffTree.Listings(directory);
        var listed = await _listing.ReadAsync([.. places.Select(p => (graph[p], (CommitId?)graph[graph.Parents(p)[0]]))], cancel);
        var compared = await _plain.ReadAsync([.. places.Select(p => graph[p])], cancel);
        var renamed = compared.Where(m => m.Files.Any(f => f.Sources.Any(s => s.Path is null))).Select(m => m.Commit).ToList();
        var again = (await Renaming.ReadAsync(renamed, cancel)).ToDictionary(m => m.Commit);
        return [.. listed.Zip(compared, (list, lines) => Join(list, again.GetValueOrDefault(lines.Commit, lines)))];
    }

    private static CommitEdits Join(CommitEdits listed, CommitEdits compared)
    {
        var byPath = compared.Files.Where(f => f.Kind != FileEditKind.Deleted).ToDictionary(f => f.Path);
        return new CommitEdits(
            listed.Commit,
            [.. listed.Files.Select(f => f.Kind == FileEditKind.Taken && byPath.TryGetValue(f.Path, out var edit) ? edit : f)]);
    }
}
