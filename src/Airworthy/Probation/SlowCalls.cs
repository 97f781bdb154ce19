namespace Airworthy.Probation;

/// <summary>How many calls took longer than before the change shipped.</summary>
/// <param name="Timed">Calls whose time was told.</param>
/// <param name="OverMedian">Those that surely took longer than half of the calls did before.</param>
/// <param name="OverTail">Those that surely took longer than 99 of 100 did before.</param>
public readonly record struct SlowCalls(long Timed, long OverMedian, long OverTail)
{
    public static SlowCalls operator +(SlowCalls a, SlowCalls b) => new(a.Timed + b.Timed, a.OverMedian + b.OverMedian, a.OverTail + b.OverTail);
}
