using System.Reflection.PortableExecutable;

namespace Airworthy.Probes.Build.Patching;

/// <summary>The file of an assembly, read by addresses that it has when loaded.</summary>
internal sealed class RawImage(byte[] file, PEHeaders headers)
{
    /// <summary>The file's bytes from an address on.</summary>
    /// <exception cref="IOException">The address lies outside the file.</exception>
    public ReadOnlySpan<byte> From(int address)
    {
        foreach (var section in headers.SectionHeaders)
        {
            var within = address - section.VirtualAddress;
            if (within >= 0 && within < section.SizeOfRawData)
            {
                return file.AsSpan(section.PointerToRawData + within);
            }
        }

        throw new IOException($"the assembly has nothing at {address:X8}");
    }

    /// <summary>What a directory of the file's header points to; empty for none.</summary>
    public ReadOnlySpan<byte> At(DirectoryEntry directory) => directory.Size == 0 ? [] : From(directory.RelativeVirtualAddress)[..directory.Size];
}
