using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Airworthy.Probes.Build.Weaving;
using dnlib.DotNet;

namespace Airworthy.Probes.Build.Patching;

/// <summary>
/// An assembly that is open for editing, with its symbols. What is written depends on what was read and edited and nothing else: no time, no path, no chance.
/// </summary>
internal sealed class EditedAssembly : IDisposable
{
    private readonly AssemblyImage _image;
    private readonly PEReader _read;
    private readonly RawImage _raw;
    private readonly Metadata _metadata;
    private readonly Metadata? _symbols;
    private readonly EditedModule? _edited;

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">It is not an assembly of .NET alone.</exception>
    public EditedAssembly(AssemblyImage image)
    {
        _image = image;
        _read = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(image.Assembly));
        if (_read.PEHeaders.CorHeader?.Flags.HasFlag(CorFlags.ILOnly) != true)
        {
            throw new IOException("it is not an assembly of .NET alone");
        }

        _raw = new RawImage(image.Assembly, _read.PEHeaders);
        _metadata = new Metadata(_raw.At(_read.PEHeaders.CorHeader.MetadataDirectory));
        Module = ModuleDefMD.Load(image.Assembly, new ModuleCreationOptions(new ModuleContext(NullResolver.Instance, NullResolver.Instance)) { TryToLoadPdbFromDisk = false });
        if ((image.Symbols ?? EditedDebugDirectory.Embedded(_read)) is { } symbols && Metadata.IsMetadata(symbols))
        {
            Module.LoadPdb(symbols);
            _symbols = new Metadata(symbols);
            Lines = new SymbolLines(_symbols, Module);
            _edited = new EditedModule(Module, _metadata, _symbols);
        }
    }

    public ModuleDefMD Module { get; }

    /// <summary>The lines of its methods; null when it has no portable symbols.</summary>
    public SymbolLines? Lines { get; }

    /// <summary>Keeps what an edited method has become. The method's objects are gone then.</summary>
    public void Keep(MethodDef method) => _edited!.Encode(method);

    /// <summary>Writes it, with what was put into the module.</summary>
    /// <param name="key">The strong-name key pair; null when the assembly is not signed, or carries the public key only.</param>
    public AssemblyImage Write(byte[]? key)
    {
        _edited!.Complete(_raw);
        var (symbols, hash) = EditedSymbols.Write(_symbols!, _metadata, (uint)_edited.Follow(_read.PEHeaders.CorHeader!.EntryPointTokenOrRelativeVirtualAddress));
        var id = Mixed(Module);
        Module.Mvid = id;
        _metadata.Identify(id);
        // A hash of the content stands where a time would: the compiler's, mixed with ours.
        var stamp = BitConverter.ToUInt32(id.ToByteArray()) | 0x8000_0000;
        var debug = new EditedDebugDirectory(SymbolsPath(_read), symbols, hash, isEmbedded: _image.Symbols is null);
        var image = new EditedImage(_raw, _read.PEHeaders, _edited, debug, new BlobContentId(id, stamp));
        var bytes = image.Write();
        if (key is not null && image.SignaturePlace > 0)
        {
            using var file = new MemoryStream(bytes);
            new StrongNameSigner(file).WriteSignature(new StrongNameKey(key), image.SignaturePlace);
        }

        return new AssemblyImage(bytes, _image.Symbols is null ? null : symbols);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Module.Dispose();
        _read.Dispose();
    }

    private static Guid Mixed(ModuleDefMD module)
    {
        var table = module.Types.Single(type => type.Name == ProbeClass.Name).Fields.Single(field => field.HasFieldRVA).InitialValue;
        var weaver = typeof(AssemblyImage).Assembly.ManifestModule.ModuleVersionId;
        var hash = SHA256.HashData([.. module.Mvid.GetValueOrDefault().ToByteArray(), .. weaver.ToByteArray(), .. table]);
        return new Guid(hash.AsSpan(0, 16));
    }

    /// <summary>The path by which a debugger looks for the symbols; the compiler has made it independent of the machine already.</summary>
    private static string? SymbolsPath(PEReader image)
    {
        foreach (var entry in image.ReadDebugDirectory())
        {
            if (entry.Type == DebugDirectoryEntryType.CodeView)
            {
                return image.ReadCodeViewDebugDirectoryData(entry).Path;
            }
        }

        return null;
    }
}
