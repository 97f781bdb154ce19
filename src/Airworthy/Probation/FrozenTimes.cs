namespace Airworthy.Probation;

/// <summary>How long calls of a change's units took before it shipped. Kept as they were: a threshold that follows what is judged would hide it.</summary>
/// <param name="Median">Nanoseconds that half of the calls did not exceed.</param>
/// <param name="Tail">Nanoseconds that 99 of 100 did not exceed.</param>
/// <param name="Calls">How many calls told so; at least <see cref="FewestCalls"/>.</param>
public sealed record FrozenTimes(long Median, long Tail, long Calls)
{
    /// <summary>Calls under which no 99th percentile is known.</summary>
    public const long FewestCalls = 1_000;
}
