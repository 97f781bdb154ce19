namespace Airworthy.Probes.Build.Patching;

/// <summary>How many bytes a place in each heap takes, 2 or 4.</summary>
internal readonly record struct HeapWidths(int Strings, int Guids, int Blobs)
{
    public static HeapWidths Read(byte flags) => new((flags & 1) == 0 ? 2 : 4, (flags & 2) == 0 ? 2 : 4, (flags & 4) == 0 ? 2 : 4);

    public byte Flags => (byte)((Strings == 4 ? 1 : 0) | (Guids == 4 ? 2 : 0) | (Blobs == 4 ? 4 : 0));
}
