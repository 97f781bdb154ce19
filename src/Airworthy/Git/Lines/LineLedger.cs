using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>What the forward pass over the history of one revision found.</summary>
internal sealed class LineLedger(CommitGraph graph, ImmutableDictionary<RepoPath, FileLines> files, LineRegister register)
{
    // Commits that are carried on at most.
    private const int MostCarried = 128;

    // A shorter history of fewer lines is read again sooner than a file is opened.
    private const int LeastKept = 256;
    private const int LeastKeptLines = 50_000;

    /// <summary>Where every line of a file comes from; null when that is not known: no such file, another content, or no lines shown.</summary>
    /// <param name="path">The file.</param>
    /// <param name="blob">The name of its blob at the revision.</param>
    public FileOrigins? Origins(RepoPath path, string blob)
    {
        if (!files.TryGetValue(path, out var file) || file.Runs is null || file.Blob != BlobName.Parse(blob))
        {
            return null;
        }

        var parts = register.Parts(file);
        var runs = new LineRun[parts.Count];
        var line = 1;
        for (var i = 0; i < runs.Length; i++)
        {
            var (born, start, count) = parts[i];
            runs[i] = new LineRun(line, count, graph[born.Commit], born.Path, start + 1);
            line += count;
        }

        return new FileOrigins(path, file.Lines, ImmutableCollectionsMarshal.AsImmutableArray(runs));
    }

    /// <summary>True when the living lines take longer to find than to keep.</summary>
    public bool IsWorthKeeping => graph.Count >= LeastKept || register.Count >= LeastKeptLines;

    /// <summary>The living lines, to be carried on from by another run.</summary>
    /// <param name="ignored">The commits that were looked through.</param>
    public byte[] Encode(ImmutableArray<CommitId> ignored) => KeptTip.Encode(graph, register, files, ignored);

    /// <summary>What became of every line that lived on the way to the revision; lines that a merge left out before they landed are not among them.</summary>
    public IEnumerable<LineLifetime> Lifetimes()
    {
        var (isAlive, isMoved) = (new bool[register.Count], new bool[register.Count]);
        foreach (var run in files.Values.SelectMany(f => f.Runs ?? []))
        {
            isAlive.AsSpan(run.First, run.Count).Fill(true);
        }

        for (var i = 0; i < register.Count; i++)
        {
            if (!isAlive[i] && register.MovedTo(i) is { } to)
            {
                isMoved[to] = true;
            }
        }

        for (var birth = 0; birth < register.Births.Count; birth++)
        {
            foreach (var life in Lifetimes(birth, isAlive, isMoved))
            {
                yield return life;
            }
        }
    }

    /// <summary>Reads the history of <paramref name="tip"/>, as many commits at once as there are cores, and carries its lines forward meanwhile.</summary>
    /// <param name="directory">The git directory.</param>
    /// <param name="tip">The revision.</param>
    /// <param name="lookedThrough">Commits whose lines are those of their parents.</param>
    /// <param name="cache">What is kept between runs; null for nothing.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="living">The files of the revision, where their origins alone are asked for; null for the lifetimes too.</param>
    /// <exception cref="GitException">History can't be read to its end.</exception>
    public static async Task<LineLedger> ReadAsync(
        string directory, CommitId tip, LookedThrough lookedThrough, IEditCache? cache, CancellationToken cancel, Task<ImmutableArray<TreeFile>>? living = null)
    {
        var reading = CommitGraph.ReadAsync(directory, tip, cancel);
        var kept = cache?.Read() ?? [];
        var graph = await reading;
        var known = new CommitEdits?[graph.Count];
        for (var i = 0; i < known.Length; i++)
        {
            known[i] = kept.Remove(graph[i], out var stored) ? stored.Decode(graph[i], graph.Parents(i).Length) : null;
        }

        var history = new HistoryEdits(directory, graph, known);
        var replay = new HistoryReplay(graph, lookedThrough);
        var place = 0;
        await foreach (var edits in living is null ? history.WholeAsync(cancel) : history.LivingAsync(living, cancel))
        {
            replay.Apply(place++, edits);
        }

        if (graph.Count >= LeastKept)
        {
            cache?.Write(history.Fresh, kept.Count > graph.Count / 4 ? await UnreachableAsync(directory, kept.Keys, cancel) : []);
        }

        return new LineLedger(graph, replay.Tip, replay.Register);
    }

    /// <summary>
    /// Carries <paramref name="kept"/> on to <paramref name="tip"/>: for origins, not for lifetimes. Null when there is more between them than a few
    /// commits that follow each other, for then lines of older commits are asked for.
    /// </summary>
    /// <returns>The ledger, and by how many commits it was carried on.</returns>
    /// <exception cref="GitException">A commit can't be read.</exception>
    public static async Task<(LineLedger Ledger, int Carried)?> CarryOnAsync(
        string directory, KeptTip kept, CommitId tip, LookedThrough lookedThrough, CancellationToken cancel)
    {
        var graph = kept.Graph;
        var first = graph.Count;
        if (graph[^1] != tip && !await graph.ReadOnAsync(directory, tip, MostCarried, cancel))
        {
            return null;
        }

        var replay = new HistoryReplay(graph, lookedThrough, first - 1, kept);
        if (graph.Count > first)
        {
            await using var reader = new EditReader(directory, graph);
            foreach (var (i, edits) in (await reader.ReadAsync([.. Enumerable.Range(first, graph.Count - first)], cancel)).Index())
            {
                replay.Apply(first + i, edits);
            }
        }

        return (new LineLedger(graph, replay.Tip, replay.Register), graph.Count - first);
    }

    /// <summary>Those of <paramref name="commits"/> that no ref leads to.</summary>
    private static async Task<List<CommitId>> UnreachableAsync(string directory, IReadOnlyCollection<CommitId> commits, CancellationToken cancel)
    {
        var unreachable = commits.ToHashSet();
        await using var git = GitProcess.Start(directory, ["rev-list", "--all"]);
        git.Input.Close();
        var lines = new LineScanner(git.Output);
        while (lines.TryRead(out var line))
        {
            if (CommitGraph.TryParse(line, out var commit))
            {
                unreachable.Remove(commit);
            }
        }

        return (await git.EndAsync(cancel)).Exit == 0 ? [.. unreachable] : [];
    }

    private IEnumerable<LineLifetime> Lifetimes(int birth, bool[] isAlive, bool[] isMoved)
    {
        var born = register.Births[birth];
        (CommitId? Died, bool Replaced, int Moves)? group = null;
        var (start, count) = (born.Start, 0);
        for (var number = born.First; number < register.EndOf(birth); number++)
        {
            var end = isMoved[number] ? null : EndOf(number, isAlive);
            if (end != group)
            {
                if (group is { } ended)
                {
                    yield return new LineLifetime(graph[born.Commit], born.Path, start + 1, ended.Died, ended.Replaced, ended.Moves, count);
                }

                (group, start, count) = (end, born.Start + number - born.First, 0);
            }

            count++;
        }

        if (group is { } last)
        {
            yield return new LineLifetime(graph[born.Commit], born.Path, start + 1, last.Died, last.Replaced, last.Moves, count);
        }
    }

    /// <summary>How the life that began with a line ended; null when it was lost before it landed.</summary>
    private (CommitId? Died, bool Replaced, int Moves)? EndOf(int number, bool[] isAlive)
    {
        var moves = 0;
        while (!isAlive[number] && register.MovedTo(number) is { } to)
        {
            number = to;
            moves++;
        }

        return isAlive[number] ? (null, false, moves)
            : register.TakenBy(number) is { } taken ? (graph[taken.Commit], taken.Replaced, moves)
            : null;
    }
}
