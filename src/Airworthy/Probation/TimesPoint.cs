namespace Airworthy.Probation;

/// <summary>How many calls were slow in some span of time, with a change and without it.</summary>
/// <param name="At">When the span begins, UTC.</param>
/// <param name="Change">Calls of its units with it.</param>
/// <param name="Baseline">Calls of the same units without it.</param>
public readonly record struct TimesPoint(DateTimeOffset At, SlowCalls Change, SlowCalls Baseline)
{
    /// <summary>The spans together, from the first one's beginning.</summary>
    public static TimesPoint operator +(TimesPoint a, TimesPoint b) => a with { Change = a.Change + b.Change, Baseline = a.Baseline + b.Baseline };

    internal TimesPoint With(InstanceMinute one)
    {
        var slow = new SlowCalls(one.Timed, one.OverMedian, one.OverTail);
        return one.Side switch
        {
            Side.Change => this with { Change = Change + slow },
            Side.Control or Side.Alone => this,
            _ => this with { Baseline = Baseline + slow },
        };
    }
}
