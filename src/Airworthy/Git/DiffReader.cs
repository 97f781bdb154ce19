using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// Reads <c>git diff-tree -r --raw -p -U0</c>: first a raw line a file, which names paths beyond doubt, then the patches in the same order.
/// </summary>
internal static class DiffReader
{
    /// <summary>The longest line kept; what is longer is cut there.</summary>
    public const int MaxLineBytes = 1024 * 1024;

    private sealed record Entry(RepoPath? Old, RepoPath? New, bool IsFile);

    /// <summary>A line that git says after a diff when more may follow in the same stream.</summary>
    internal sealed class Ending(byte[] line)
    {
        /// <summary>True when it was read; false when the stream ended before.</summary>
        public bool IsReached { get; private set; }

        public bool Is(ReadOnlySpan<byte> text) => IsReached |= line.Length > 0 && text.SequenceEqual(line);
    }

    public static IAsyncEnumerable<FileDiff> ReadAsync(Stream output, CancellationToken cancel) =>
        ReadAsync(new ByteReader(output, MaxLineBytes), new Ending([]), cancel);

    /// <summary>Reads up to <paramref name="end"/> and no further.</summary>
    public static async IAsyncEnumerable<FileDiff> ReadAsync(ByteReader reader, Ending end, [EnumeratorCancellation] CancellationToken cancel)
    {
        var entries = new Queue<Entry>();
        var line = await reader.ReadToAsync((byte)'\n', cancel);
        while (line is { Length: > 0 } raw && raw.Span[0] == ':')
        {
            foreach (var entry in ReadRaw(raw.Span))
            {
                entries.Enqueue(entry);
            }

            line = await reader.ReadToAsync((byte)'\n', cancel);
        }

        while (line is { } header && !end.Is(header.Span) && !header.Span.StartsWith("diff --git "u8))
        {
            line = await reader.ReadToAsync((byte)'\n', cancel);
        }

        while (line is not null && !end.IsReached && entries.TryDequeue(out var entry))
        {
            var hunks = ImmutableArray.CreateBuilder<Hunk>();
            var binary = false;
            line = await reader.ReadToAsync((byte)'\n', cancel);
            while (line is { } text && !end.Is(text.Span) && !text.Span.StartsWith("diff --git "u8))
            {
                if (TryReadHunkHeader(text.Span, out var head))
                {
                    (var hunk, line) = await ReadHunkAsync(reader, head, cancel);
                    hunks.Add(hunk);
                    continue;
                }

                binary |= text.Span.StartsWith("Binary files "u8) || text.Span.StartsWith("GIT binary patch"u8);
                line = await reader.ReadToAsync((byte)'\n', cancel);
            }

            if (entry.IsFile)
            {
                yield return new FileDiff(entry.Old, entry.New, binary, hunks.ToImmutable());
            }
        }
    }

    private static async ValueTask<(Hunk Hunk, ReadOnlyMemory<byte>? Next)> ReadHunkAsync(
        ByteReader reader, (int OldStart, int OldCount, int NewStart, int NewCount) head, CancellationToken cancel)
    {
        var removed = ImmutableArray.CreateBuilder<string>();
        var added = ImmutableArray.CreateBuilder<string>();
        var line = await reader.ReadToAsync((byte)'\n', cancel);
        while (line is { Length: > 0 } text && text.Span[0] is (byte)'-' or (byte)'+' or (byte)'\\')
        {
            // Counted, not guessed by the sign: a removed line may begin like a header.
            if (text.Span[0] == '-' && removed.Count < head.OldCount)
            {
                removed.Add(GitText.Decode(text.Span[1..]));
            }
            else if (text.Span[0] == '+' && added.Count < head.NewCount)
            {
                added.Add(GitText.Decode(text.Span[1..]));
            }
            else if (text.Span[0] != '\\')
            {
                break;
            }

            line = await reader.ReadToAsync((byte)'\n', cancel);
        }

        return (new Hunk(head.OldStart, head.OldCount, head.NewStart, head.NewCount, removed.ToImmutable(), added.ToImmutable()), line);
    }

    private static List<Entry> ReadRaw(ReadOnlySpan<byte> line)
    {
        // :100644 100644 <old blob> <new blob> M\tpath   or   … R090\told path\tnew path
        var tab = line.IndexOf((byte)'\t');
        if (tab < 0)
        {
            return [];
        }

        var facts = Encoding.ASCII.GetString(line[1..tab]).Split(' ');
        if (facts.Length != 5 || facts[4].Length == 0)
        {
            return [];
        }

        var (oldIsFile, newIsFile) = (IsFile(facts[0]), IsFile(facts[1]));
        var names = line[(tab + 1)..];
        var split = names.IndexOf((byte)'\t');
        var first = QuotedPath.Read(split < 0 ? names : names[..split]);
        var second = split < 0 ? first : QuotedPath.Read(names[(split + 1)..]);
        return facts[4][0] switch
        {
            'A' => [new Entry(null, first, newIsFile)],
            'D' => [new Entry(first, null, oldIsFile)],
            // A change of type is shown as two patches.
            'T' => [new Entry(first, null, oldIsFile), new Entry(null, first, newIsFile)],
            'C' => [new Entry(null, second, newIsFile)],
            _ => [new Entry(first, second, newIsFile)],
        };
    }

    private static bool IsFile(string mode) => mode.StartsWith("100", StringComparison.Ordinal);

    private static bool TryReadHunkHeader(ReadOnlySpan<byte> line, out (int OldStart, int OldCount, int NewStart, int NewCount) head)
    {
        head = default;
        if (!line.StartsWith("@@ -"u8))
        {
            return false;
        }

        var rest = line[4..];
        if (!TryReadRange(ref rest, out head.OldStart, out head.OldCount) || !rest.StartsWith(" +"u8))
        {
            return false;
        }

        rest = rest[2..];
        return TryReadRange(ref rest, out head.NewStart, out head.NewCount) && rest.StartsWith(" @@"u8);
    }

    private static bool TryReadRange(ref ReadOnlySpan<byte> text, out int start, out int count)
    {
        count = 1;
        if (!Utf8Parser.TryParse(text, out start, out var used))
        {
            return false;
        }

        text = text[used..];
        if (text.IsEmpty || text[0] != ',')
        {
            return true;
        }

        if (!Utf8Parser.TryParse(text[1..], out count, out used))
        {
            return false;
        }

        text = text[(used + 1)..];
        return true;
    }
}
