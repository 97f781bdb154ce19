namespace Airworthy.Probes.Build.Patching;

/// <summary>What a column of a metadata table holds.</summary>
internal enum ColumnKind
{
    /// <summary>A number of two bytes.</summary>
    Number2,

    /// <summary>A number of four bytes.</summary>
    Number4,

    /// <summary>A place in the heap of names.</summary>
    Strings,

    /// <summary>A place in the heap of GUIDs.</summary>
    Guids,

    /// <summary>A place in the heap of blobs.</summary>
    Blobs,

    /// <summary>A row of one of a few tables.</summary>
    Rows,
}
