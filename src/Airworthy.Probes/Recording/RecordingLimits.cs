namespace Airworthy.Probes.Recording;

/// <summary>How much of one value is recorded. What is beyond is told as left out.</summary>
internal sealed record RecordingLimits
{
    public static RecordingLimits Default { get; } = new();

    /// <summary>Objects within objects. The default value is 8.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>Items of one collection. The default value is 64.</summary>
    public int Items { get; init; } = 64;

    /// <summary>Characters of one text. The default value is 2,048.</summary>
    public int Text { get; init; } = 2048;

    /// <summary>Bytes of JSON for the whole value; after them only what closes it is written. The default value is 65,536.</summary>
    public int Bytes { get; init; } = 64 * 1024;
}
