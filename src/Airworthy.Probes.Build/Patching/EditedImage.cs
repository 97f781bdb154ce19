using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Airworthy.Probes.Build.Patching;

/// <summary>Writes an assembly's file around changed code and metadata. All that loaders and tools know it by is taken from the file that was read.</summary>
internal sealed class EditedImage : PEBuilder
{
    private const string Text = ".text";
    private const string Resources = ".rsrc";
    private const string Relocations = ".reloc";
    private const int CorHeaderSize = 72;
    private const int DebugEntrySize = 28;

    private readonly RawImage _raw;
    private readonly PEHeaders _read;
    private readonly EditedModule _module;
    private readonly EditedDebugDirectory _debug;
    private readonly PEDirectoriesBuilder _directories = new();
    private readonly bool _hasStub;

    public EditedImage(RawImage raw, PEHeaders read, EditedModule module, EditedDebugDirectory debug, BlobContentId id)
        : base(HeaderOf(read), _ => id)
    {
        (_raw, _read, _module, _debug) = (raw, read, module, debug);
        _hasStub = read.CoffHeader.Machine is Machine.I386 or Machine.Unknown;
    }

    /// <summary>Where in the file room for a signature is; 0 when there is none.</summary>
    public int SignaturePlace { get; private set; }

    /// <summary>The file.</summary>
    public byte[] Write()
    {
        var file = new BlobBuilder();
        Serialize(file);
        return file.ToArray();
    }

    protected override ImmutableArray<Section> CreateSections()
    {
        var sections = ImmutableArray.CreateBuilder<Section>();
        sections.Add(new Section(Text, SectionCharacteristics.MemRead | SectionCharacteristics.MemExecute | SectionCharacteristics.ContainsCode));
        if (_read.PEHeader!.ResourceTableDirectory.Size > 0)
        {
            sections.Add(new Section(Resources, SectionCharacteristics.MemRead | SectionCharacteristics.ContainsInitializedData));
        }

        if (_hasStub)
        {
            sections.Add(new Section(Relocations, SectionCharacteristics.MemRead | SectionCharacteristics.MemDiscardable | SectionCharacteristics.ContainsInitializedData));
        }

        return sections.ToImmutable();
    }

    protected override BlobBuilder SerializeSection(string name, SectionLocation location)
    {
        var bytes = name switch
        {
            Text => WriteText(location),
            Resources => NativeResources(location),
            _ => Relocation(location),
        };
        var section = new BlobBuilder(bytes.Length);
        section.WriteBytes(bytes.ToArray());
        return section;
    }

    protected override PEDirectoriesBuilder GetDirectories() => _directories;

    private static PEHeaderBuilder HeaderOf(PEHeaders read)
    {
        var header = read.PEHeader!;
        return new PEHeaderBuilder(
            read.CoffHeader.Machine, header.SectionAlignment, header.FileAlignment, header.ImageBase, header.MajorLinkerVersion, header.MinorLinkerVersion,
            header.MajorOperatingSystemVersion, header.MinorOperatingSystemVersion, header.MajorImageVersion, header.MinorImageVersion, header.MajorSubsystemVersion,
            header.MinorSubsystemVersion, header.Subsystem, header.DllCharacteristics, read.CoffHeader.Characteristics, header.SizeOfStackReserve,
            header.SizeOfStackCommit, header.SizeOfHeapReserve, header.SizeOfHeapCommit);
    }

    private ByteWriter WriteText(SectionLocation location)
    {
        var start = location.RelativeVirtualAddress;
        var cor = _read.CorHeader!;
        var text = new ByteWriter(_module.Code.Length * 2);
        text.Zeros(_hasStub ? 8 : 0);
        _directories.CorHeaderTable = new DirectoryEntry(start + text.Length, CorHeaderSize);
        var header = text.Length;
        text.Zeros(CorHeaderSize);
        var code = text.Length;
        text.Bytes(_module.Code.Written);
        text.Align(8);
        var data = text.Length;
        text.Bytes(_module.Data.Written);
        text.Align(4);
        var metadata = text.Length;
        text.Bytes(_module.Write(start + code, start + data));
        var resources = text.Length;
        text.Bytes(_raw.At(cor.ResourcesDirectory));
        text.Align(4);
        var signature = text.Length;
        text.Zeros(cor.StrongNameSignatureDirectory.Size);
        SignaturePlace = cor.StrongNameSignatureDirectory.Size > 0 ? location.PointerToRawData + signature : 0;
        text.Align(4);
        WriteDebug(text, location);
        WriteStart(text, start);
        WriteCorHeader(text, header, cor, start, metadata, resources - metadata, resources, signature);
        return text;
    }

    private void WriteCorHeader(ByteWriter text, int at, CorHeader cor, int start, int metadata, int metadataSize, int resources, int signature)
    {
        uint[] values =
        [
            CorHeaderSize, (uint)(cor.MajorRuntimeVersion | (cor.MinorRuntimeVersion << 16)), (uint)(start + metadata), (uint)metadataSize, (uint)cor.Flags,
            (uint)_module.Follow(cor.EntryPointTokenOrRelativeVirtualAddress),
            .. Directory(cor.ResourcesDirectory, start + resources), .. Directory(cor.StrongNameSignatureDirectory, start + signature),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            text.Overwrite4(at + (4 * i), values[i]);
        }
    }

    private static uint[] Directory(DirectoryEntry read, int address) => read.Size == 0 ? [0, 0] : [(uint)address, (uint)read.Size];

    private void WriteDebug(ByteWriter text, SectionLocation location)
    {
        var entries = _debug.Entries;
        _directories.DebugTable = new DirectoryEntry(location.RelativeVirtualAddress + text.Length, entries.Count * DebugEntrySize);
        var at = text.Length + (entries.Count * DebugEntrySize);
        foreach (var entry in entries)
        {
            var isEmpty = entry.Content.Length == 0;
            text.Number4(0);
            text.Number4(entry.Stamp);
            text.Number2(entry.Major);
            text.Number2(entry.Minor);
            text.Number4((uint)entry.Type);
            text.Number4((uint)entry.Content.Length);
            text.Number4(isEmpty ? 0 : (uint)(location.RelativeVirtualAddress + at));
            text.Number4(isEmpty ? 0 : (uint)(location.PointerToRawData + at));
            at += entry.Content.Length;
        }

        foreach (var entry in entries)
        {
            text.Bytes(entry.Content);
        }
    }

    /// <summary>What starts the runtime where a 32-bit Windows of old does not know of it: the import of one function and a jump to it.</summary>
    private void WriteStart(ByteWriter text, int start)
    {
        if (!_hasStub)
        {
            return;
        }

        var isLibrary = _read.IsDll;
        text.Align(4);
        var imports = text.Length;
        var lookup = imports + 40;
        var name = lookup + 8;
        var entry = isLibrary ? "_CorDllMain" : "_CorExeMain";
        var library = name + 2 + entry.Length + 1;
        uint[] table = [(uint)(start + lookup), 0, 0, (uint)(start + library), (uint)start, 0, 0, 0, 0, 0, (uint)(start + name), 0];
        foreach (var value in table)
        {
            text.Number4(value);
        }

        text.Number2(0);
        text.Bytes(Encoding.ASCII.GetBytes(entry + "\0mscoree.dll\0"));
        text.Overwrite4(0, (uint)(start + name));
        _directories.ImportTable = new DirectoryEntry(start + imports, text.Length - imports);
        _directories.ImportAddressTable = new DirectoryEntry(start, 8);
        text.Align(4);
        text.Number2(0);
        _directories.AddressOfEntryPoint = start + text.Length;
        text.Byte(0xFF);
        text.Byte(0x25);
        text.Number4((uint)(_read.PEHeader!.ImageBase + (ulong)start));
    }

    /// <summary>The one place that moves when the file is loaded elsewhere: where the jump goes.</summary>
    private ByteWriter Relocation(SectionLocation location)
    {
        var jump = _directories.AddressOfEntryPoint + 2;
        var table = new ByteWriter();
        table.Number4((uint)(jump & ~0xFFF));
        table.Number4(12);
        table.Number2((uint)(0x3000 | (jump & 0xFFF)));
        table.Number2(0);
        _directories.BaseRelocationTable = new DirectoryEntry(location.RelativeVirtualAddress, table.Length);
        return table;
    }

    /// <summary>The version and the icon, as Windows reads them: their places are told from the start of memory, and move along.</summary>
    private ByteWriter NativeResources(SectionLocation location)
    {
        var directory = _read.PEHeader!.ResourceTableDirectory;
        var bytes = _raw.At(directory).ToArray();
        var moved = location.RelativeVirtualAddress - directory.RelativeVirtualAddress;
        Move(0);
        var section = new ByteWriter(bytes.Length);
        section.Bytes(bytes);
        _directories.ResourceTable = new DirectoryEntry(location.RelativeVirtualAddress, bytes.Length);
        return section;

        void Move(int at)
        {
            var count = BitConverter.ToUInt16(bytes, at + 12) + BitConverter.ToUInt16(bytes, at + 14);
            for (var i = 0; i < count; i++)
            {
                var to = BitConverter.ToUInt32(bytes, at + 16 + (8 * i) + 4);
                if ((to & 0x8000_0000) != 0)
                {
                    Move((int)(to & 0x7FFF_FFFF));
                }
                else
                {
                    BitConverter.TryWriteBytes(bytes.AsSpan((int)to), BitConverter.ToInt32(bytes, (int)to) + moved);
                }
            }
        }
    }
}
