namespace Airworthy.Probes;

/// <summary>
/// Where things stand in a thread's cells: an array of 64-bit numbers that one thread writes and the collector reads. The weaver writes these
/// places into the code, so they never change. Free cells at both ends keep the counts of two threads off one cache line.
/// </summary>
internal static class CellLayout
{
    /// <summary>The state of the thread's random numbers.</summary>
    public const int Seed = 14;

    /// <summary>Calls left until one is timed.</summary>
    public const int Countdown = 15;

    /// <summary>The first method's count of calls.</summary>
    public const int First = 16;

    /// <summary>Cells behind the last count.</summary>
    public const int Tail = 16;

    /// <summary>
    /// Above these bits of the number by which a call is recorded stands which of the method's <see cref="ProbeTable.Recordable"/>s it is, below them its cell.
    /// </summary>
    public const int CellBits = 22;

    /// <summary>Parts on one line that can be recorded apart.</summary>
    public const int MostParts = 1 << (31 - CellBits);

    /// <summary>How many cells <paramref name="methods"/> take.</summary>
    public static int Length(int methods) => First + methods + Tail;
}
