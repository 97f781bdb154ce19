using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using dnlib.DotNet;
using dnlib.DotNet.Writer;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>
/// An assembly and its symbols, as bytes. What is written depends on what was read and nothing else: no time, no path, no chance.
/// </summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Symbols">Its portable symbols; null when they are embedded, or there are none.</param>
internal sealed record AssemblyImage(byte[] Assembly, byte[]? Symbols)
{
    private const MetadataFlags Kept =
        MetadataFlags.PreserveTypeRefRids | MetadataFlags.PreserveTypeDefRids | MetadataFlags.PreserveTypeSpecRids | MetadataFlags.PreserveMethodSpecRids
        | MetadataFlags.PreserveStandAloneSigRids | MetadataFlags.PreserveMemberRefRids | MetadataFlags.PreserveUSOffsets | MetadataFlags.PreserveExtraSignatureData
        | MetadataFlags.KeepOldMaxStack;

    /// <summary>Opens the assembly with its symbols.</summary>
    /// <exception cref="BadImageFormatException">It is not a .NET assembly.</exception>
    public ModuleDefMD Open()
    {
        var constants = new ConstantTypes();
        var context = new ModuleContext(NullResolver.Instance, constants);
        var module = ModuleDefMD.Load(Assembly, new ModuleCreationOptions(context) { TryToLoadPdbFromDisk = false });
        if (Symbols is not null)
        {
            module.LoadPdb(Symbols);
        }
        else
        {
            module.LoadPdb();
        }

        constants.Learn(module);
        return module;
    }

    /// <summary>Writes a changed module.</summary>
    /// <param name="module">The module that was opened from this.</param>
    /// <param name="key">The strong-name key pair; null when the assembly is not signed, or carries the public key only.</param>
    public AssemblyImage Write(ModuleDefMD module, byte[]? key)
    {
        module.Mvid = Mixed(module);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var options = new ModuleWriterOptions(module)
        {
            WritePdb = module.PdbState is not null,
            PdbOptions = PdbWriterOptions.Deterministic | PdbWriterOptions.PdbChecksum,
            PdbStream = symbols,
            PdbFileNameInDebugDirectory = SymbolsPath(),
            Logger = ThrowingLogger.Instance,
        };
        // Rows of methods and fields move: kept in place, what is added would need the uncompressed tables that few tools read.
        options.MetadataOptions.Flags |= Kept;
        // A hash of the content stands where a time would: the compiler's, mixed with ours.
        options.PEHeadersOptions.TimeDateStamp = BitConverter.ToUInt32(module.Mvid!.Value.ToByteArray()) | 0x8000_0000;
        if (key is not null)
        {
            options.InitializeStrongNameSigning(module, new StrongNameKey(key));
        }

        module.Write(assembly, options);
        return new AssemblyImage(assembly.ToArray(), symbols.Length > 0 ? symbols.ToArray() : null);
    }

    private static Guid Mixed(ModuleDefMD module)
    {
        var table = module.Types.Single(type => type.Name == ProbeClass.Name).Fields.Single(field => field.HasFieldRVA).InitialValue;
        var weaver = typeof(AssemblyImage).Assembly.ManifestModule.ModuleVersionId;
        var hash = SHA256.HashData([.. module.Mvid.GetValueOrDefault().ToByteArray(), .. weaver.ToByteArray(), .. table]);
        return new Guid(hash.AsSpan(0, 16));
    }

    /// <summary>The path by which a debugger looks for the symbols; the compiler has made it independent of the machine already.</summary>
    private string? SymbolsPath()
    {
        using var image = new PEReader(ImmutableArray.Create(Assembly));
        foreach (var entry in image.ReadDebugDirectory())
        {
            if (entry.Type == DebugDirectoryEntryType.CodeView)
            {
                return image.ReadCodeViewDebugDirectoryData(entry).Path;
            }
        }

        return null;
    }

    /// <summary>What dnlib finds wrong with what it is to write is a defect of the weaver, never to be written.</summary>
    private sealed class ThrowingLogger : ILogger
    {
        public static ThrowingLogger Instance { get; } = new();

        public bool IgnoresEvent(LoggerEvent loggerEvent) => loggerEvent > LoggerEvent.Error;

        public void Log(object sender, LoggerEvent loggerEvent, string format, params object[] args)
        {
            if (loggerEvent == LoggerEvent.Error)
            {
                throw new InvalidOperationException(string.Format(null, CompositeFormat.Parse(format), args));
            }
        }
    }
}
