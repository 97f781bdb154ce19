using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>
/// Reads what commits did, chunk by chunk, with a few git processes of its own. What is dear is only asked where the cheap answer leaves it
/// open: a merge's renames where a file is missing in a parent; several files made from one where one of them was renamed.
/// </summary>
/// <param name="directory">The git directory.</param>
/// <param name="graph">The history.</param>
/// <param name="form">What is asked of commits that are no merges.</param>
internal sealed class EditReader(string directory, CommitGraph graph, DiffForm form = DiffForm.Patches) : IEditReader
{
    // Names given to one process. Beyond these a split file's lines count as new.
    private const int MostCompared = 1000;

    private readonly Dictionary<(DiffForm, SimilarFiles), DiffTree> _processes = [];

    public async Task<CommitEdits[]> ReadAsync(IReadOnlyList<int> places, CancellationToken cancel)
    {
        var merges = places.Where(p => graph.Parents(p).Length > 1).ToList();
        var others = places.Where(p => graph.Parents(p).Length <= 1).Select(p => graph[p]).ToList();
        var edits = new Dictionary<CommitId, CommitEdits>(places.Count);
        foreach (var commit in await OrdinaryAsync(others, cancel))
        {
            edits.Add(commit.Commit, commit);
        }

        foreach (var merge in await MergesAsync(merges, cancel))
        {
            edits.Add(merge.Commit, merge);
        }

        return [.. places.Select(p => edits[graph[p]])];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Values)
        {
            await process.DisposeAsync();
        }
    }

    private async Task<IEnumerable<CommitEdits>> OrdinaryAsync(List<CommitId> commits, CancellationToken cancel)
    {
        var edits = await ReadAsync(form, SimilarFiles.Renamed, commits, cancel);
        var open = edits.Where(c => c.Files.Any(f => IsAdded(f, 0)) && c.Files.Any(f => f.Kind == FileEditKind.RenamedAway)).Select(c => c.Commit).ToList();
        var copies = (await ReadAsync(form, SimilarFiles.Copied, open, cancel)).ToDictionary(c => c.Commit);
        for (var i = 0; i < edits.Count; i++)
        {
            if (copies.TryGetValue(edits[i].Commit, out var found))
            {
                var gone = edits[i].Files.Where(f => f.Kind == FileEditKind.RenamedAway).Select(f => f.Path).ToHashSet();
                edits[i] = await WithSourcesAsync(edits[i], 0, gone, found, form, cancel);
            }
        }

        return edits;
    }

    private async Task<IEnumerable<CommitEdits>> MergesAsync(List<int> places, CancellationToken cancel)
    {
        if (places.Count == 0)
        {
            return [];
        }

        var listed = await ListAsync([.. places.Select(p => (graph[p], (CommitId?)graph[graph.Parents(p)[0]]))], cancel);
        // Most merges mix no file, which their names tell.
        var mixed = await ReadAsync(DiffForm.CombinedListing, SimilarFiles.None, [.. places.Select(p => graph[p])], cancel);
        var compared = await ReadAsync(DiffForm.CombinedPatches, SimilarFiles.None, [.. mixed.Where(m => m.Files.Length > 0).Select(m => m.Commit)], cancel);
        var renamed = compared.Where(m => m.Files.Any(f => f.Sources.Any(s => s.Path is null))).Select(m => m.Commit).ToList();
        var again = await ReadAsync(DiffForm.CombinedPatches, SimilarFiles.Renamed, renamed, cancel);
        var joined = compared.Concat(again).GroupBy(m => m.Commit).ToDictionary(m => m.Key, m => m.Last());
        var merges = new List<CommitEdits>(places.Count);
        for (var i = 0; i < places.Count; i++)
        {
            var merge = joined.TryGetValue(graph[places[i]], out var found) ? Join(listed[i], found) : listed[i];
            for (var parent = 0; parent < graph.Parents(places[i]).Length; parent++)
            {
                if (merge.Files.Any(f => IsAdded(f, parent)))
                {
                    var from = parent == 0 ? listed[i] : (await ListAsync([(merge.Commit, graph[graph.Parents(places[i])[parent]])], cancel))[0];
                    var gone = from.Files.Where(f => f.Kind == FileEditKind.Deleted).Select(f => f.Path).ToHashSet();
                    merge = await WithSourcesAsync(merge, parent, gone, copies: null, DiffForm.CombinedPatches, cancel);
                }
            }

            merges.Add(merge);
        }

        return merges;
    }

    private Task<List<CommitEdits>> ListAsync(IReadOnlyList<(CommitId Commit, CommitId? With)> pairs, CancellationToken cancel) =>
        Process(DiffForm.Listing, SimilarFiles.None).ReadAsync(pairs, cancel);

    /// <summary>
    /// git names one file as the new name of a lost one; blame asks for each new file anew, and so finds several. Here the added files are compared
    /// with the lost ones of a parent again, and with no others: those of which <paramref name="copies"/>, found among all files, does not say it already.
    /// </summary>
    private async Task<CommitEdits> WithSourcesAsync(
        CommitEdits edits,
        int parent,
        HashSet<RepoPath> gone,
        CommitEdits? copies,
        DiffForm asked,
        CancellationToken cancel)
    {
        var found = (copies?.Files ?? []).Where(f => SourceOf(f, parent) is not null).ToDictionary(f => f.Path);
        var open = edits.Files
            .Where(f => IsAdded(f, parent) && (copies is null || (found.TryGetValue(f.Path, out var copy) && !gone.Contains(SourceOf(copy, parent)!.Value))))
            .Select(f => f.Path)
            .Concat(gone)
            .Where(p => p.IsText)
            .Select(p => p.Value)
            .ToList();
        if (open.Count > gone.Count && open.Count <= MostCompared && gone.Count > 0)
        {
            await using var alone = new DiffTree(directory, asked, SimilarFiles.Copied, open);
            foreach (var file in (await alone.ReadAsync([edits.Commit], cancel))[0].Files)
            {
                found[file.Path] = file;
            }
        }

        return edits with { Files = [.. edits.Files.Select(WithSource)] };

        FileEdit WithSource(FileEdit file)
        {
            if (!IsAdded(file, parent) || !found.TryGetValue(file.Path, out var copy) || SourceOf(copy, parent) is not { } source || !gone.Contains(source))
            {
                return file;
            }

            var sources = file.Sources.ToArray();
            sources[parent] = copy.Sources[parent];
            return file with { Sources = sources, Moves = copy.Moves, Pair = copy.Pair };
        }
    }

    private static RepoPath? SourceOf(FileEdit file, int parent) =>
        file.Kind == FileEditKind.Edited && parent < file.Sources.Length ? file.Sources[parent].Path : null;

    private static bool IsAdded(FileEdit file, int parent) =>
        file.Kind == FileEditKind.Edited && parent < file.Sources.Length && file.Sources[parent].Path is null;

    private static CommitEdits Join(CommitEdits listed, CommitEdits compared)
    {
        var byPath = compared.Files.Where(f => f.Kind != FileEditKind.Deleted).ToDictionary(f => f.Path);
        return new CommitEdits(
            listed.Commit,
            [.. listed.Files.Select(f => f.Kind == FileEditKind.Taken && byPath.TryGetValue(f.Path, out var edit) ? edit : f)]);
    }

    /// <summary>No process is started to be asked nothing.</summary>
    private async Task<List<CommitEdits>> ReadAsync(DiffForm asked, SimilarFiles similar, List<CommitId> commits, CancellationToken cancel) =>
        commits.Count == 0 ? [] : await Process(asked, similar).ReadAsync(commits, cancel);

    private DiffTree Process(DiffForm asked, SimilarFiles similar) =>
        _processes.TryGetValue((asked, similar), out var process) ? process : _processes[(asked, similar)] = new DiffTree(directory, asked, similar);
}
