using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>
/// Finds, among the lines that one commit removed and added, blocks that only moved: equal but for whitespace, and together at least 20
/// letters and digits long (what <c>git blame -M</c> asks for), or the whole of a hunk.
/// </summary>
internal sealed class MovedLines
{
    private const int LeastCharacters = 20;
    private const int MostCandidates = 16;
    private const int MostLines = 2_000_000;

    private readonly List<(RepoPath Old, RepoPath New)> _files = [];
    private readonly List<Line> _removed = [];
    private readonly List<Line> _added = [];
    private readonly Dictionary<ulong, int> _first = [];
    private int[] _next = [];
    private bool[] _isTaken = [];
    private bool _isOn;

    private readonly record struct Line(ulong Fingerprint, int Characters, int File, int Position)
    {
        public bool Follows(Line other) => File == other.File && Position == other.Position + 1;
    }

    /// <summary>Begins a commit; when not <paramref name="isOn"/>, nothing is looked for in it.</summary>
    public void Begin(bool isOn)
    {
        _isOn = isOn;
        _files.Clear();
        _removed.Clear();
        _added.Clear();
    }

    /// <summary>Says which file the next lines are of.</summary>
    public void Enter(RepoPath old, RepoPath path) => _files.Add((old, path));

    public void Removed(ReadOnlySpan<byte> line, int position) => Add(_removed, line, position);

    public void Added(ReadOnlySpan<byte> line, int position) => Add(_added, line, position);

    /// <summary>Writes what moved into the edits of <paramref name="edits"/>.</summary>
    public void Find(List<FileEdit> edits)
    {
        if (!_isOn || _removed.Count == 0 || _added.Count == 0)
        {
            return;
        }

        Index();
        var moves = new Dictionary<int, List<LineMove>>();
        for (var i = 0; i < _added.Count;)
        {
            var (start, count) = Longest(i);
            if (count == 0)
            {
                i++;
                continue;
            }

            var (added, removed) = (_added[i], _removed[start]);
            if (!moves.TryGetValue(added.File, out var list))
            {
                moves[added.File] = list = [];
            }

            list.Add(new LineMove(added.Position, count, _files[removed.File].Old, removed.Position));
            Array.Fill(_isTaken, true, start, count);
            i += count;
        }

        foreach (var (file, list) in moves)
        {
            if (edits.Find(e => e.Kind == FileEditKind.Edited && e.Path == _files[file].New) is { } edit)
            {
                edit.Moves = [.. list];
            }
        }
    }

    private void Add(List<Line> lines, ReadOnlySpan<byte> line, int position)
    {
        if (!_isOn || lines.Count >= MostLines)
        {
            return;
        }

        // FNV-1a over all but whitespace.
        var fingerprint = 14695981039346656037UL;
        var characters = 0;
        foreach (var b in line)
        {
            if (b is (byte)' ' or (byte)'\t' or (byte)'\r')
            {
                continue;
            }

            fingerprint = unchecked((fingerprint ^ b) * 1099511628211UL);
            characters += char.IsAsciiLetterOrDigit((char)b) || b >= 0x80 ? 1 : 0;
        }

        lines.Add(new Line(fingerprint, characters, _files.Count - 1, position));
    }

    /// <summary>Chains the removed lines of one fingerprint, in their order.</summary>
    private void Index()
    {
        _first.Clear();
        Array.Resize(ref _next, Math.Max(_next.Length, _removed.Count));
        Array.Resize(ref _isTaken, Math.Max(_isTaken.Length, _removed.Count));
        Array.Clear(_isTaken);
        for (var i = _removed.Count - 1; i >= 0; i--)
        {
            _next[i] = _first.GetValueOrDefault(_removed[i].Fingerprint, -1);
            _first[_removed[i].Fingerprint] = i;
        }
    }

    /// <summary>The longest removed block that the added lines from <paramref name="from"/> on repeat, if it is long enough.</summary>
    private (int Start, int Count) Longest(int from)
    {
        var best = (Start: 0, Count: 0);
        if (_added[from].Characters == 0)
        {
            return best;
        }

        var start = _first.GetValueOrDefault(_added[from].Fingerprint, -1);
        for (var tried = 0; start >= 0 && tried < MostCandidates; tried++, start = _next[start])
        {
            var (count, characters) = Extent(from, start);
            if (count > best.Count && (characters >= LeastCharacters || IsWholeHunk(from, start, count)))
            {
                best = (start, count);
            }
        }

        return best;
    }

    private (int Count, int Characters) Extent(int added, int removed)
    {
        var (count, characters) = (0, 0);
        while (added + count < _added.Count && removed + count < _removed.Count
            && !_isTaken[removed + count]
            && _added[added + count].Fingerprint == _removed[removed + count].Fingerprint
            && (count == 0 || (_added[added + count].Follows(_added[added + count - 1]) && _removed[removed + count].Follows(_removed[removed + count - 1]))))
        {
            characters += _added[added + count].Characters;
            count++;
        }

        return (count, characters);
    }

    /// <summary>A hunk that changes whitespace alone removes as many lines as it adds, at one place.</summary>
    private bool IsWholeHunk(int added, int removed, int count) =>
        _added[added].File == _removed[removed].File
        && (added == 0 || !_added[added].Follows(_added[added - 1]))
        && (removed == 0 || !_removed[removed].Follows(_removed[removed - 1]))
        && (added + count == _added.Count || !_added[added + count].Follows(_added[added + count - 1]))
        && (removed + count == _removed.Count || !_removed[removed + count].Follows(_removed[removed + count - 1]));
}
