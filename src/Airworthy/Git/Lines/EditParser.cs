using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>
/// Reads what <see cref="DiffTree"/> makes git print: for each commit its name, a raw
/// line a file, and the patches in the same order; for a merge the combined format of the files that differ from every parent.
/// Lines of files are counted and fingerprinted, not kept.
/// </summary>
/// <param name="lines">What git prints.</param>
/// <param name="form">What is asked of each commit. In <see cref="DiffForm.Listing"/> every file that is there is <see cref="FileEditKind.Taken"/>.</param>
internal sealed class EditParser(LineScanner lines, DiffForm form)
{
    private static readonly SearchValues<byte> s_hex = SearchValues.Create("0123456789abcdef"u8);

    private static ReadOnlySpan<byte> s_combined => "diff --combined "u8;

    // No file git compares has more lines (it stops at 1 GB), and no merge so many parents.
    private const int MostLines = 1 << 30;
    private const int MostColumns = 4096;

    private readonly List<RawEntry> _entries = [];
    private readonly MovedLines _moved = new();
    private readonly List<EditSpan>[] _spans = [[], [], [], [], [], [], [], []];
    private string? _next;

    /// <summary>A raw line: a status letter and an old path for each parent.</summary>
    private sealed record RawEntry(string Status, RepoPath[] Old, RepoPath New, bool OldIsFile, bool NewIsFile, string OldBlob, string NewBlob)
    {
        public BlobName Blob => BlobName.Parse(NewBlob);
    }

    /// <summary>The most parents of a merge whose lines are compared; from the next on they are left out.</summary>
    public static int MostParents => 8;

    /// <summary>The next commit; null after <paramref name="end"/>, the line that was put in behind the last one.</summary>
    /// <exception cref="FormatException">It is of another form.</exception>
    public CommitEdits? Read(string end)
    {
        var header = _next ?? Line();
        _next = null;
        if (header == end)
        {
            return null;
        }

        // Of two trees git names both.
        if (!CommitId.TryParse(header.Split(' ')[0], out var commit))
        {
            throw new FormatException("a commit's name was expected");
        }

        _entries.Clear();
        var parents = 1;
        while (lines.TryRead(out var line))
        {
            if (line.IsEmpty)
            {
                continue;
            }

            if (line[0] != ':')
            {
                return form switch
                {
                    DiffForm.Listing or DiffForm.CombinedListing => Listing(commit, line),
                    DiffForm.Pairs => Pairs(commit, line),
                    _ => Patches(commit, parents, line),
                };
            }

            parents = Math.Max(1, line.IndexOfAnyExcept((byte)':'));
            if (parents > MostColumns)
            {
                throw new FormatException("a raw line is malformed");
            }

            ReadRaw(line, parents);
        }

        throw Truncated();
    }

    private static FormatException Truncated() => new("it ends in the middle of a commit");

    private string Line() =>
        lines.TryRead(out var line) ? Encoding.ASCII.GetString(line) : throw Truncated();

    private CommitEdits Patches(CommitId commit, int parents, ReadOnlySpan<byte> line)
    {
        var files = new List<FileEdit>(_entries.Count);
        _moved.Begin(parents == 1 && form != DiffForm.Trees && _entries.Exists(e => e.Status[0] is not 'A') && _entries.Exists(e => e.Status[0] is not 'D'));
        foreach (var entry in _entries)
        {
            // A change of type is told as two patches: the old file's removal, the new one's coming.
            var patches = parents == 1 && entry.Status[0] == 'T' ? 2 : 1;
            for (var i = 0; i < patches; i++)
            {
                // A merge has no patch for a file in which no line differs.
                if (parents > 1 && !IsPatchOf(line, entry.New))
                {
                    Clear(parents);
                    Add(entry, parents, entry.OldIsFile, entry.NewIsFile, isText: true, files);
                    continue;
                }

                if (!line.StartsWith("diff --"u8))
                {
                    throw new FormatException("a patch was expected");
                }

                line = ReadPatch(entry, parents, entry.OldIsFile && i == 0, entry.NewIsFile && i == patches - 1, files);
            }
        }

        _next = Encoding.ASCII.GetString(line);
        _moved.Find(files);
        return new CommitEdits(commit, [.. files]);
    }

    private CommitEdits Listing(CommitId commit, ReadOnlySpan<byte> line)
    {
        var files = new List<FileEdit>(_entries.Count);
        foreach (var entry in _entries)
        {
            if (entry.NewIsFile)
            {
                files.Add(new FileEdit(entry.New, FileEditKind.Taken, entry.Blob, []));
            }
            else if (entry.OldIsFile)
            {
                files.Add(new FileEdit(entry.New, FileEditKind.Deleted, default, []));
            }
        }

        _next = Encoding.ASCII.GetString(line);
        return new CommitEdits(commit, [.. files]);
    }

    /// <summary>What <see cref="Patches"/> would tell, but for the lines.</summary>
    private CommitEdits Pairs(CommitId commit, ReadOnlySpan<byte> line)
    {
        Clear(parents: 1);
        var files = new List<FileEdit>(_entries.Count);
        foreach (var entry in _entries)
        {
            Add(entry, parents: 1, entry.OldIsFile, entry.NewIsFile, isText: true, files);
        }

        _next = Encoding.ASCII.GetString(line);
        return new CommitEdits(commit, [.. files]) { IsWhole = !files.Exists(file => file.Pair is not null) };
    }

    private ReadOnlySpan<byte> ReadPatch(RawEntry entry, int parents, bool hasOld, bool hasNew, List<FileEdit> files)
    {
        var isText = true;
        Clear(parents);
        _moved.Enter(entry.Old[0], entry.New);
        var line = Next();
        while (!line.IsEmpty && !line.StartsWith("diff --"u8) && !IsHeader(line))
        {
            // Of a file that a merge deletes, git prints a hunk's header and no lines.
            if (line.StartsWith("@@"u8) && (parents == 1 || hasNew))
            {
                line = parents == 1 ? ReadHunk(line) : ReadCombinedHunk(line, parents);
                continue;
            }

            isText &= !line.StartsWith("Binary files "u8);
            line = Next();
        }

        Add(entry, parents, hasOld, hasNew, isText, files);
        return line;
    }

    private void Add(RawEntry entry, int parents, bool hasOld, bool hasNew, bool isText, List<FileEdit> files)
    {
        if (!hasNew)
        {
            if (hasOld)
            {
                files.Add(new FileEdit(entry.Old[0], FileEditKind.Deleted, default, []));
            }

            return;
        }

        if (parents == 1 && entry.Status[0] == 'R')
        {
            files.Add(new FileEdit(entry.Old[0], FileEditKind.RenamedAway, default, []));
        }

        if (!isText)
        {
            files.Add(new FileEdit(entry.New, FileEditKind.Binary, entry.Blob, []));
            return;
        }

        var sources = new EditSource[Math.Min(parents, MostParents)];
        for (var i = 0; i < sources.Length; i++)
        {
            var isAbsent = entry.Status[i] == 'A' || (parents == 1 && !hasOld);
            sources[i] = new EditSource(isAbsent ? null : entry.Old[i], [.. _spans[i]]);
        }

        var pair = form == DiffForm.Pairs && (sources[0].Path is null || entry.OldBlob != entry.NewBlob)
            ? new FilePair(sources[0].Path is null ? null : entry.OldBlob, entry.NewBlob)
            : (FilePair?)null;
        files.Add(new FileEdit(entry.New, FileEditKind.Edited, entry.Blob, sources) { Pair = pair });
    }

    private void Clear(int parents)
    {
        foreach (var spans in _spans.AsSpan(0, Math.Min(parents, MostParents)))
        {
            spans.Clear();
        }
    }

    private static bool IsPatchOf(ReadOnlySpan<byte> line, RepoPath path) =>
        line.StartsWith(s_combined) && QuotedPath.Read(line[s_combined.Length..]) == path;

    private static bool IsHeader(ReadOnlySpan<byte> line) =>
        line.Length switch
        {
            3 => line.SequenceEqual("end"u8),
            40 or 64 => line.IndexOfAnyExcept(s_hex) < 0,
            81 or 129 => line[line.Length / 2] == ' ' && line[..(line.Length / 2)].IndexOfAnyExcept(s_hex) < 0,
            _ => false,
        };

    /// <summary>The next line; empty at the end.</summary>
    private ReadOnlySpan<byte> Next() => lines.TryRead(out var line) ? line : default;

    /// <summary>Reads a hunk, <c>@@ -a,b +c,d @@</c>, and gives the line after it.</summary>
    private ReadOnlySpan<byte> ReadHunk(ReadOnlySpan<byte> header)
    {
        var rest = header[2..];
        var (old, oldCount) = From0(ReadRange(ref rest, (byte)'-'));
        var (start, count) = From0(ReadRange(ref rest, (byte)'+'));
        _spans[0].Add(new EditSpan(old, oldCount, start, count));

        // Counted, not guessed by the sign: a removed line may begin like a header.
        for (var i = 0; i < oldCount; i++)
        {
            _moved.Removed(Body((byte)'-'), old + i);
        }

        for (var i = 0; i < count; i++)
        {
            _moved.Added(Body((byte)'+'), start + i);
        }

        return Next();
    }

    private ReadOnlySpan<byte> Body(byte sign)
    {
        while (lines.TryRead(out var line))
        {
            if (!line.IsEmpty && line[0] == sign)
            {
                return line[1..];
            }

            // "\ No newline at end of file", in the user's language.
            if (line.IsEmpty || line[0] != '\\')
            {
                throw new FormatException("a hunk is shorter than its header says");
            }
        }

        throw Truncated();
    }

    /// <summary>
    /// Reads a hunk of a merge, <c>@@@ -a,b -c,d +e,f @@@</c>, and gives the line after it. Each line has a column for each parent: '+' not in
    /// that parent, '-' only there, ' ' in both, or, of a lost line, in neither. Its end is known by the columns: where a last line has no line
    /// feed, git's counts are off.
    /// </summary>
    private ReadOnlySpan<byte> ReadCombinedHunk(ReadOnlySpan<byte> header, int parents)
    {
        Span<int> at = stackalloc int[parents + 1];
        var rest = header[(parents + 1)..];
        for (var i = 0; i <= parents; i++)
        {
            at[i] = Math.Max(0, ReadRange(ref rest, i < parents ? (byte)'-' : (byte)'+').Line - 1);
        }

        var line = Next();
        while (!line.IsEmpty && line[0] is (byte)' ' or (byte)'+' or (byte)'-' or (byte)'\\')
        {
            if (line.Length >= parents && line[0] != '\\')
            {
                ReadCombinedLine(line[..parents], at);
            }

            line = Next();
        }

        return line;
    }

    private void ReadCombinedLine(ReadOnlySpan<byte> columns, Span<int> at)
    {
        var isLost = columns.Contains((byte)'-');
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] != ' ' && i < MostParents)
            {
                AddToSpan(_spans[i], at[i], isLost ? 1 : 0, at[^1], isLost ? 0 : 1);
            }

            at[i] += columns[i] == (isLost ? '-' : ' ') ? 1 : 0;
        }

        at[^1] += isLost ? 0 : 1;
    }

    private static void AddToSpan(List<EditSpan> spans, int oldStart, int oldCount, int newStart, int newCount)
    {
        var last = spans.Count == 0 ? default : spans[^1];
        if (spans.Count > 0 && last.OldStart + last.OldCount == oldStart && last.NewStart + last.NewCount == newStart)
        {
            spans[^1] = last with { OldCount = last.OldCount + oldCount, NewCount = last.NewCount + newCount };
        }
        else
        {
            spans.Add(new EditSpan(oldStart, oldCount, newStart, newCount));
        }
    }

    /// <summary>git counts from 1, and names the line before an empty range; not so in a merge's hunks, where it names the line after.</summary>
    private static (int Start, int Count) From0((int Line, int Count) range) => (range.Count == 0 ? range.Line : Math.Max(0, range.Line - 1), range.Count);

    /// <summary>Reads <c>-a,b</c>. Of a merge that empties or deletes a file git writes the count -1 as if it had no sign.</summary>
    private static (int Line, int Count) ReadRange(ref ReadOnlySpan<byte> text, byte sign)
    {
        text = text.TrimStart((byte)' ');
        var count = 1UL;
        if (text.IsEmpty || text[0] != sign || !Utf8Parser.TryParse(text[1..], out ulong start, out var used))
        {
            throw new FormatException("a hunk's header is malformed");
        }

        text = text[(1 + used)..];
        if (!text.IsEmpty && text[0] == ',')
        {
            if (!Utf8Parser.TryParse(text[1..], out count, out used))
            {
                throw new FormatException("a hunk's header is malformed");
            }

            text = text[(1 + used)..];
        }

        return count == ulong.MaxValue ? (0, 0)
            : start > MostLines || count > MostLines ? throw new FormatException("a hunk's header is malformed")
            : ((int)start, (int)count);
    }

    private void ReadRaw(ReadOnlySpan<byte> line, int parents)
    {
        // :100644 100644 <old blob> <new blob> R090\told path\tnew path, with one more mode, blob and status letter for each further parent
        var tab = line.IndexOf((byte)'\t');
        var facts = tab < 0 ? [] : Encoding.ASCII.GetString(line[parents..tab]).Split(' ');
        if (facts.Length != (2 * (parents + 1)) + 1 || facts[^1].Length < parents)
        {
            throw new FormatException("a raw line is malformed");
        }

        var names = line[(tab + 1)..];
        var paths = new List<RepoPath>(parents + 1);
        foreach (var range in names.Split((byte)'\t'))
        {
            paths.Add(QuotedPath.Read(names[range]));
        }

        // With one parent the old path is named when it is another; with more, all are.
        if (paths.Count != parents + 1 && paths.Count != 1)
        {
            throw new FormatException("a raw line is malformed");
        }

        var old = new RepoPath[parents];
        for (var i = 0; i < parents; i++)
        {
            old[i] = paths[paths.Count == 1 ? 0 : i];
        }

        _entries.Add(new RawEntry(facts[^1], old, paths[^1], facts.Take(parents).Any(IsFile), IsFile(facts[parents]), facts[^3], facts[^2]));
    }

    private static bool IsFile(string mode) => mode.StartsWith("100", StringComparison.Ordinal);
}
