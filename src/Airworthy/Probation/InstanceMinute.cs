namespace Airworthy.Probation;

/// <summary>What one instance did in one minute.</summary>
/// <param name="Instance">Which one.</param>
/// <param name="Side">What it ran.</param>
/// <param name="Calls">Calls, at least 0.</param>
/// <param name="Bad">Bad ones among them.</param>
public readonly record struct InstanceMinute(string Instance, Side Side, long Calls, long Bad)
{
    /// <summary>Calls whose time was told; 0 when none was.</summary>
    public long Timed { get; init; }

    /// <summary>Those of them that took longer than half of the baseline's did before the change shipped.</summary>
    public long OverMedian { get; init; }

    /// <summary>Those of them that took longer than 99 of 100 of the baseline's did.</summary>
    public long OverTail { get; init; }
}
