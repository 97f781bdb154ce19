using System.Security.Cryptography;
using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>
/// Writes the edits of a commit as bytes, numbers in seven-bit groups (LEB128), under eight bytes of their SHA-256: what a disk or a hand
/// changed is told from what was written.
/// </summary>
internal static class EditCodec
{
    /// <summary>Counts up with every change of the form, or of what the edits mean.</summary>
    public const int Version = 2;

    private const int CheckBytes = 8;

    public static byte[] Encode(CommitEdits edits)
    {
        using var bytes = new MemoryStream();
        bytes.Write(stackalloc byte[CheckBytes]);
        using (var writer = new BinaryWriter(bytes, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(edits.IsWhole);
            writer.Write7BitEncodedInt(edits.Files.Length);
            foreach (var file in edits.Files)
            {
                Write(writer, file);
            }
        }

        var encoded = bytes.ToArray();
        SHA256.HashData(encoded.AsSpan(CheckBytes)).AsSpan(0, CheckBytes).CopyTo(encoded);
        return encoded;
    }

    /// <summary>The edits; null when <paramref name="bytes"/> are not what <see cref="Encode"/> gives.</summary>
    public static CommitEdits? Decode(CommitId commit, byte[] bytes)
    {
        if (bytes.Length < CheckBytes || !SHA256.HashData(bytes.AsSpan(CheckBytes)).AsSpan(0, CheckBytes).SequenceEqual(bytes.AsSpan(0, CheckBytes)))
        {
            return null;
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, CheckBytes, bytes.Length - CheckBytes));
            var isWhole = reader.ReadBoolean();
            var files = new FileEdit[reader.ReadCount()];
            for (var i = 0; i < files.Length; i++)
            {
                files[i] = ReadFile(reader);
            }

            return new CommitEdits(commit, files) { IsWhole = isWhole };
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            return null;
        }
    }

    private static void Write(BinaryWriter writer, FileEdit file)
    {
        writer.Write((byte)file.Kind);
        writer.Write(file.Path);
        if (file.Kind is FileEditKind.Deleted or FileEditKind.RenamedAway)
        {
            return;
        }

        Span<byte> blob = stackalloc byte[BlobName.Size];
        file.Blob.Write(blob);
        writer.Write(blob);
        writer.Write7BitEncodedInt(file.Sources.Length);
        foreach (var source in file.Sources)
        {
            WriteOther(writer, source.Path, file.Path);
            writer.Write7BitEncodedInt(source.Spans.Length);
            foreach (var span in source.Spans)
            {
                writer.Write7BitEncodedInt(span.OldStart);
                writer.Write7BitEncodedInt(span.OldCount);
                writer.Write7BitEncodedInt(span.NewStart);
                writer.Write7BitEncodedInt(span.NewCount);
            }
        }

        writer.Write7BitEncodedInt(file.Moves.Length);
        foreach (var move in file.Moves)
        {
            writer.Write7BitEncodedInt(move.NewStart);
            writer.Write7BitEncodedInt(move.Count);
            WriteOther(writer, move.OldPath, file.Path);
            writer.Write7BitEncodedInt(move.OldStart);
        }

        WriteName(writer, file.Pair?.New);
        if (file.Pair is { } pair)
        {
            WriteName(writer, pair.Old);
        }
    }

    private static FileEdit ReadFile(BinaryReader reader)
    {
        var kind = (FileEditKind)reader.ReadByte();
        var path = reader.ReadPath();
        if (kind is FileEditKind.Deleted or FileEditKind.RenamedAway)
        {
            return new FileEdit(path, kind, default, []);
        }

        Span<byte> blob = stackalloc byte[BlobName.Size];
        reader.BaseStream.ReadExactly(blob);
        var sources = new EditSource[reader.ReadCount()];
        for (var i = 0; i < sources.Length; i++)
        {
            var other = ReadOther(reader, path);
            var spans = new EditSpan[reader.ReadCount()];
            for (var s = 0; s < spans.Length; s++)
            {
                spans[s] = new EditSpan(
                    reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            }

            sources[i] = new EditSource(other, spans);
        }

        var moves = new LineMove[reader.ReadCount()];
        for (var i = 0; i < moves.Length; i++)
        {
            var (start, count) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            moves[i] = new LineMove(start, count, ReadOther(reader, path) ?? path, reader.Read7BitEncodedInt());
        }

        var pair = ReadName(reader) is { } after ? new FilePair(ReadName(reader), after) : (FilePair?)null;
        return new FileEdit(path, kind, BlobName.Read(blob), sources) { Moves = moves, Pair = pair };
    }

    private static void WriteName(BinaryWriter writer, string? blob)
    {
        var bytes = Convert.FromHexString(blob ?? "");
        writer.Write((byte)bytes.Length);
        writer.Write(bytes);
    }

    /// <summary>A blob's name; null for none.</summary>
    private static string? ReadName(BinaryReader reader)
    {
        var bytes = new byte[reader.ReadByte()];
        reader.BaseStream.ReadExactly(bytes);
        return bytes.Length == 0 ? null : Convert.ToHexStringLower(bytes);
    }

    /// <summary>0: no path; 1: the same as the file's; else another.</summary>
    private static void WriteOther(BinaryWriter writer, RepoPath? path, RepoPath same)
    {
        writer.Write((byte)(path is null ? 0 : path == same ? 1 : 2));
        if (path is { } other && other != same)
        {
            writer.Write(other);
        }
    }

    private static RepoPath? ReadOther(BinaryReader reader, RepoPath same) => reader.ReadByte() switch
    {
        0 => null,
        1 => same,
        _ => reader.ReadPath(),
    };
}
