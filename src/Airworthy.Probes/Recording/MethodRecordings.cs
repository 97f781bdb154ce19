using System.Collections.Concurrent;

namespace Airworthy.Probes.Recording;

/// <summary>Which kinds of calls of one method are known, and so not recorded again.</summary>
/// <param name="method">The method.</param>
/// <param name="statements">The first line of each statement with a flag.</param>
/// <param name="firstFlag">The place of the first among the module's flags.</param>
/// <param name="time">By which its calls are limited.</param>
internal sealed class MethodRecordings(RecordedMethod method, int[] statements, int firstFlag, TimeProvider time)
{
    /// <summary>Kinds of arguments told apart; after them a new kind counts as known.</summary>
    private const int MostShapes = 256;

    /// <summary>Calls a second that are looked at, for looking at all of a method in a hot loop would cost many times what the method does.</summary>
    private const int MostLooks = 1_000;

    private readonly RateLimit _looks = new(MostLooks, time);
    private readonly ConcurrentDictionary<ulong, byte> _shapes = new();
    private readonly ConcurrentDictionary<ulong, byte> _known = new();

    public RecordedMethod Method { get; } = method;

    public int[] Statements { get; } = statements;

    public int FirstFlag { get; } = firstFlag;

    /// <summary>How many different calls were recorded.</summary>
    public int Count => _known.Count;

    /// <summary>True when this call may be looked at.</summary>
    public bool TryLook() => _looks.TryTake();

    /// <summary>True when no arguments of this kind came before.</summary>
    public bool IsNewShape(ulong shape) => _shapes.Count < MostShapes && _shapes.TryAdd(shape, 0);

    /// <summary>True when no call like this came before.</summary>
    public bool IsNew(ulong call) => _known.TryAdd(call, 0);
}
