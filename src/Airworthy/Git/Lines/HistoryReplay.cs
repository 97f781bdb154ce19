using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>
/// Carries the lines of every file forward from commit to commit, parents first. A line comes from the first parent that has it, as in
/// <c>git blame</c>; what no parent has is the commit's own.
/// </summary>
internal sealed class HistoryReplay
{
    private static readonly ImmutableDictionary<RepoPath, FileLines> s_empty = ImmutableDictionary<RepoPath, FileLines>.Empty;

    private readonly CommitGraph _graph;
    private readonly LookedThrough _lookedThrough;
    private readonly ImmutableDictionary<RepoPath, FileLines>?[] _trees;
    private readonly int[] _children;
    private readonly RunBuilder _runs = new();

    public HistoryReplay(CommitGraph graph, LookedThrough lookedThrough)
    {
        (_graph, _lookedThrough) = (graph, lookedThrough);
        _trees = new ImmutableDictionary<RepoPath, FileLines>?[graph.Count];
        _children = new int[graph.Count];
        for (var i = 0; i < graph.Count; i++)
        {
            foreach (var parent in graph.Parents(i))
            {
                _children[parent]++;
            }
        }
    }

    /// <summary>Goes on from the commit at a place, of which all is known.</summary>
    public HistoryReplay(CommitGraph graph, LookedThrough lookedThrough, int from, KeptTip kept)
        : this(graph, lookedThrough)
    {
        Register = kept.Register;
        _trees[from] = kept.Files;
    }

    /// <summary>Every line met so far.</summary>
    public LineRegister Register { get; } = new();

    /// <summary>The files of the last commit, when all were applied.</summary>
    public ImmutableDictionary<RepoPath, FileLines> Tip => _trees[^1] ?? s_empty;

    /// <summary>Applies the commit at the next place.</summary>
    public void Apply(int place, CommitEdits edits)
    {
        var parents = new ImmutableDictionary<RepoPath, FileLines>[_graph.Parents(place).Length];
        for (var i = 0; i < parents.Length; i++)
        {
            parents[i] = _trees[_graph.Parents(place)[i]]!;
        }

        var unborn = Register.Count;
        var tree = (parents.Length == 0 ? s_empty : parents[0]).ToBuilder();
        foreach (var edit in edits.Files)
        {
            if (edit.Kind is FileEditKind.Deleted or FileEditKind.RenamedAway)
            {
                Remove(tree, edit, place, isMerge: parents.Length > 1);
            }
        }

        foreach (var edit in edits.Files)
        {
            if (edit.Kind is not (FileEditKind.Deleted or FileEditKind.RenamedAway))
            {
                tree[edit.Path] = parents.Length > 1 ? Merge(place, edit, parents) : Edit(place, edit, parents.FirstOrDefault(s_empty));
            }
        }

        foreach (var edit in edits.Files)
        {
            Move(edit, parents, tree, unborn);
        }

        _trees[place] = tree.ToImmutable();
        Release(place);
    }

    /// <summary>What no later commit asks for is forgotten.</summary>
    private void Release(int place)
    {
        foreach (var parent in _graph.Parents(place))
        {
            if (--_children[parent] == 0)
            {
                _trees[parent] = null;
            }
        }
    }

    private void Remove(ImmutableDictionary<RepoPath, FileLines>.Builder tree, FileEdit edit, int place, bool isMerge)
    {
        if (!tree.Remove(edit.Path, out var file) || edit.Kind == FileEditKind.RenamedAway)
        {
            return;
        }

        foreach (var run in file.Runs ?? [])
        {
            if (!isMerge)
            {
                Register.TakeAway(run, place, replaced: false);
                continue;
            }

            for (var i = 0; i < run.Count; i++)
            {
                Register.Lose(run.First + i, place);
            }
        }
    }

    private FileLines Edit(int place, FileEdit edit, ImmutableDictionary<RepoPath, FileLines> parent)
    {
        var source = edit.Sources.FirstOrDefault();
        var old = source.Path is { } path ? parent.GetValueOrDefault(path) : new FileLines(default, 0, []);
        if (edit.Kind != FileEditKind.Edited || edit.Pair is not null || old?.Runs is null)
        {
            return FileLines.Unknown(edit.Blob);
        }

        var origins = _lookedThrough.Origins(_graph[place], edit.Path);
        var before = origins is null ? [] : old.Expand();
        var cursor = new RunCursor(old);
        var at = 0;
        foreach (var span in source.Spans)
        {
            if (span.OldStart < at || span.OldStart + span.OldCount > old.Lines)
            {
                return FileLines.Unknown(_runs.Drain(edit.Blob).Blob);
            }

            Copy(ref cursor, span.OldStart - at);
            for (var left = span.OldCount; left > 0;)
            {
                var run = cursor.Take(left);
                Register.TakeAway(run, place, replaced: span.NewCount > 0);
                left -= run.Count;
            }

            if (origins is null)
            {
                _runs.Add(Register.Bear(place, edit.Path, span.NewStart, span.NewCount));
            }
            else
            {
                LookThrough(place, edit.Path, span, origins, before);
            }

            at = span.OldStart + span.OldCount;
        }

        Copy(ref cursor, old.Lines - at);
        return _runs.Drain(edit.Blob);
    }

    /// <summary>Adds the lines of a span of a commit that is looked through: those that come from an old line are still that line.</summary>
    private void LookThrough(int place, RepoPath path, EditSpan span, IReadOnlyDictionary<int, int> origins, int[] before)
    {
        for (var line = span.NewStart; line < span.NewStart + span.NewCount; line++)
        {
            if (origins.TryGetValue(line, out var origin) && origin < before.Length)
            {
                Register.GiveBack(before[origin]);
                _runs.Add(new BornRun(before[origin], 1));
            }
            else
            {
                _runs.Add(Register.Bear(place, path, line, 1));
            }
        }
    }

    private void Copy(ref RunCursor cursor, int count)
    {
        while (count > 0)
        {
            var run = cursor.Take(count);
            _runs.Add(run);
            count -= run.Count;
        }
    }

    private FileLines Merge(int place, FileEdit edit, ImmutableDictionary<RepoPath, FileLines>[] parents)
    {
        // A parent that has the very same content gives it whole; where modes alone differ git compares its lines all the same.
        var merged = parents.Select(p => p.GetValueOrDefault(edit.Path)).Concat(Sources(edit, parents)).FirstOrDefault(f => f?.Blob == edit.Blob)
            ?? (edit.Kind == FileEditKind.Edited ? Combine(place, edit, parents) : FileLines.Unknown(edit.Blob));
        if (merged.Runs is not null)
        {
            LoseRest(place, merged, edit.Kind == FileEditKind.Taken ? [parents[0].GetValueOrDefault(edit.Path)] : Sources(edit, parents));
        }

        return merged;
    }

    private static IEnumerable<FileLines?> Sources(FileEdit edit, ImmutableDictionary<RepoPath, FileLines>[] parents) =>
        edit.Sources.Select((s, i) => s.Path is { } path ? parents[i].GetValueOrDefault(path) : null);

    private FileLines Combine(int place, FileEdit edit, ImmutableDictionary<RepoPath, FileLines>[] parents)
    {
        int[]? numbers = null;
        foreach (var (i, old) in Sources(edit, parents).Index())
        {
            var spans = edit.Sources[i].Spans;
            if (edit.Sources[i].Path is null)
            {
                continue;
            }

            if (old?.Runs is null)
            {
                return FileLines.Unknown(edit.Blob);
            }

            var length = old.Lines + spans.Sum(s => s.NewCount - s.OldCount);
            numbers ??= Unborn(length);
            if (length != numbers.Length || !Inherit(numbers, old.Expand(), spans))
            {
                return FileLines.Unknown(edit.Blob);
            }
        }

        // In no parent: all its lines are one span of any of them.
        numbers ??= Unborn(edit.Sources.Max(s => s.Spans.Sum(span => span.NewCount)));
        for (var at = 0; at < numbers.Length;)
        {
            var count = 1;
            if (numbers[at] >= 0)
            {
                _runs.Add(new BornRun(numbers[at], 1));
            }
            else
            {
                while (at + count < numbers.Length && numbers[at + count] < 0)
                {
                    count++;
                }

                _runs.Add(Register.Bear(place, edit.Path, at, count));
            }

            at += count;
        }

        return _runs.Drain(edit.Blob);
    }

    private static int[] Unborn(int lines)
    {
        var numbers = new int[Math.Max(0, lines)];
        Array.Fill(numbers, -1);
        return numbers;
    }

    /// <summary>Gives the lines that stand between the spans their numbers, where an earlier parent did not; false when the spans do not fit.</summary>
    private static bool Inherit(int[] numbers, int[] old, EditSpan[] spans)
    {
        var (from, to) = (0, 0);
        foreach (var span in spans.Append(new EditSpan(old.Length, 0, numbers.Length, 0)))
        {
            if (span.OldStart < from || span.OldStart > old.Length || span.OldStart - from != span.NewStart - to || span.NewStart > numbers.Length)
            {
                return false;
            }

            for (; from < span.OldStart; from++, to++)
            {
                numbers[to] = numbers[to] < 0 ? old[from] : numbers[to];
            }

            from += span.OldCount;
            to += span.NewCount;
        }

        return true;
    }

    /// <summary>Lines of the parents' files that the merge has not are lost.</summary>
    private void LoseRest(int place, FileLines merged, IEnumerable<FileLines?> sources)
    {
        foreach (var source in sources)
        {
            if (source?.Runs is null || ReferenceEquals(source, merged))
            {
                continue;
            }

            // Most of a file is the same on both sides: only what stands between its common ends is looked at.
            var start = source.Runs.AsSpan().CommonPrefixLength(merged.Runs);
            var (had, has) = (source.Runs.Length, merged.Runs!.Length);
            while (had > start && has > start && source.Runs[had - 1] == merged.Runs[has - 1])
            {
                (had, has) = (had - 1, has - 1);
            }

            Register.LoseAllBut(source.Runs.AsSpan(start..had), merged.Runs.AsSpan(start..has), place);
        }
    }

    /// <summary>Lines that moved go on in those that the commit bears. What it only gives back, as it is looked through, is an older line and stays that.</summary>
    /// <param name="unborn">The number of the first line that the commit bears.</param>
    private void Move(FileEdit edit, ImmutableDictionary<RepoPath, FileLines>[] parents, ImmutableDictionary<RepoPath, FileLines>.Builder tree, int unborn)
    {
        if (edit.Moves.Length == 0 || parents.Length != 1 || tree.GetValueOrDefault(edit.Path) is not { Runs: not null } file)
        {
            return;
        }

        var after = file.Expand();
        foreach (var group in edit.Moves.GroupBy(m => m.OldPath))
        {
            if (parents[0].GetValueOrDefault(group.Key) is not { Runs: not null } old)
            {
                continue;
            }

            var before = old.Expand();
            foreach (var move in group)
            {
                for (var i = 0; i < move.Count && move.OldStart + i < before.Length && move.NewStart + i < after.Length; i++)
                {
                    if (after[move.NewStart + i] is var born && born >= unborn)
                    {
                        Register.Move(before[move.OldStart + i], born);
                    }
                }
            }
        }
    }
}
