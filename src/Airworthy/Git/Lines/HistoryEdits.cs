using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Airworthy.Git.Lines;

/// <summary>What each commit of a history did, parents first: what is kept of it, and the rest read by as many workers as there are cores.</summary>
/// <param name="directory">The git directory.</param>
/// <param name="graph">The history.</param>
/// <param name="kept">What is kept of each commit, by its place; null for nothing. Given away.</param>
internal sealed class HistoryEdits(string directory, CommitGraph graph, CommitEdits?[] kept)
{
    // Commits read ahead of the one that is taken: bounds what waits in memory.
    private const int ChunksAhead = 32;
    private const int ChunkCommits = 128;

    private readonly List<(CommitEdits Edits, int Parents)> _fresh = [];

    /// <summary>What was read and is not kept yet, once all was taken.</summary>
    public IReadOnlyList<(CommitEdits Edits, int Parents)> Fresh => _fresh;

    /// <summary>All that each commit did.</summary>
    /// <exception cref="GitException">A commit can't be read.</exception>
    public async IAsyncEnumerable<CommitEdits> WholeAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var isOpen = Array.ConvertAll(kept, edits => edits is not { IsWhole: true });
        await foreach (var (place, edits) in ReadAsync(() => new EditReader(directory, graph), isOpen, cancel))
        {
            Keep(place, edits, isOpen[place]);
            yield return edits;
        }
    }

    /// <summary>
    /// What each commit did to the files that the lines of <paramref name="files"/> can come from; of the others, that it changed them. Most of what an old
    /// project ever wrote is in files that are gone.
    /// </summary>
    /// <exception cref="GitException">A commit can't be read.</exception>
    public async IAsyncEnumerable<CommitEdits> LivingAsync(Task<ImmutableArray<TreeFile>> files, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var objects = Array.TrueForAll(kept, edits => edits is { IsWhole: true }) ? null : ObjectFolder.TryCreate();
        if (objects is null)
        {
            await foreach (var edits in WholeAsync(cancel))
            {
                yield return edits;
            }

            yield break;
        }

        var isNew = Array.ConvertAll(kept, edits => edits is null);
        var listed = new CommitEdits[graph.Count];
        await foreach (var (place, edits) in ReadAsync(() => new EditReader(directory, graph, DiffForm.Pairs), isNew, cancel))
        {
            listed[place] = edits;
        }

        var paths = LivingPaths.Find((await files).Select(file => file.Path), listed);
        var isOpen = Array.ConvertAll(listed, edits => Array.Exists(edits.Files, file => PairReader.IsOpen(file, paths)));
        listed.CopyTo(kept);
        await foreach (var (place, edits) in ReadAsync(() => new PairReader(directory, objects, listed, paths), isOpen, cancel))
        {
            Keep(place, edits, isNew[place] || isOpen[place]);
            yield return edits;
        }
    }

    private void Keep(int place, CommitEdits edits, bool isFresh)
    {
        if (isFresh)
        {
            _fresh.Add((edits, graph.Parents(place).Length));
        }
    }

    private async IAsyncEnumerable<(int Place, CommitEdits Edits)> ReadAsync(Func<IEditReader> reader, bool[] isOpen, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var chunks = new ChunkReader(reader, [.. Enumerable.Range(0, graph.Count).Where(place => isOpen[place]).Chunk(ChunkCommits)], ChunksAhead, cancel);
        var (chunk, used) = (Array.Empty<CommitEdits>(), 0);
        for (var place = 0; place < graph.Count; place++)
        {
            cancel.ThrowIfCancellationRequested();
            if (!isOpen[place])
            {
                yield return (place, kept[place]!);
                kept[place] = null;
                continue;
            }

            if (used == chunk.Length)
            {
                (chunk, used) = (await chunks.NextAsync(), 0);
            }

            yield return (place, chunk[used++]);
        }
    }
}
