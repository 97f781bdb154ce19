using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Airworthy.Probes.Build.Patching;

/// <summary>How a debugger finds an assembly's symbols: by their identity, by their hash, or within the assembly.</summary>
internal sealed class EditedDebugDirectory
{
    private const uint PortableMark = 0x504D;
    private const uint PortableVersion = 0x0100;

    private readonly List<Entry> _entries = [];

    /// <param name="path">The path that the compiler wrote for the symbols; null for none.</param>
    /// <param name="symbols">The symbols.</param>
    /// <param name="hash">Their hash.</param>
    /// <param name="isEmbedded">True to put them into the assembly.</param>
    public EditedDebugDirectory(string? path, byte[] symbols, byte[] hash, bool isEmbedded)
    {
        var id = EditedSymbols.IdOf(hash);
        var stamp = BitConverter.ToUInt32(id, 16);
        _entries.Add(new Entry(
            DebugDirectoryEntryType.CodeView, stamp, PortableVersion, PortableMark, [.. "RSDS"u8, .. id.AsSpan(0, 16), 1, 0, 0, 0, .. Encoding.UTF8.GetBytes(path ?? ""), 0]));
        _entries.Add(new Entry(DebugDirectoryEntryType.PdbChecksum, 0, 1, 0, [.. "SHA256\0"u8, .. hash]));
        _entries.Add(new Entry(DebugDirectoryEntryType.Reproducible, 0, 0, 0, []));
        if (isEmbedded)
        {
            _entries.Add(new Entry(DebugDirectoryEntryType.EmbeddedPortablePdb, 0, PortableVersion, PortableVersion, Embedded(symbols)));
        }
    }

    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>The symbols within an assembly; null when there are none.</summary>
    public static byte[]? Embedded(PEReader image)
    {
        foreach (var entry in image.ReadDebugDirectory())
        {
            if (entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)
            {
                var packed = image.GetSectionData(entry.DataRelativeVirtualAddress).GetContent(0, entry.DataSize);
                using var unpacked = new DeflateStream(new MemoryStream(packed.AsSpan()[8..].ToArray()), CompressionMode.Decompress);
                var symbols = new byte[BitConverter.ToInt32(packed.AsSpan()[4..8])];
                unpacked.ReadExactly(symbols);
                return symbols;
            }
        }

        return null;
    }

    private static byte[] Embedded(byte[] symbols)
    {
        using var packed = new MemoryStream();
        packed.Write("MPDB"u8);
        packed.Write(BitConverter.GetBytes(symbols.Length));
        using (var packing = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            packing.Write(symbols);
        }

        return packed.ToArray();
    }

    /// <summary>One entry.</summary>
    internal sealed record Entry(DebugDirectoryEntryType Type, uint Stamp, uint Major, uint Minor, byte[] Content);
}
