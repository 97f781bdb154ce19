namespace Airworthy.Probes.Recording;

/// <summary>Stands for a value that could not be boxed.</summary>
internal static class Unrecordable
{
    public static object Value { get; } = new();

    /// <summary>Stands for a value that nothing asks for.</summary>
    public static object Unused { get; } = new();
}
