using System.Collections.Immutable;

namespace Airworthy.Telemetry;

/// <summary>What a counter of one process stood at: all it counted since the process began. What it adds to the counts is the difference to what it stood at before.</summary>
/// <param name="Key">What its counts come under.</param>
/// <param name="Series">SHA-256, hex, of all that tells this counter from others: sender, name, attributes, and when it began.</param>
/// <param name="At">When it was read. A reading no later than the last one adds nothing.</param>
/// <param name="Value">What it stood at; at least 0.</param>
/// <param name="Counts">What it counts.</param>
/// <param name="Instances">The <c>service.instance.id</c> it was read at, if told.</param>
public sealed record RunningTotal(
    ObservationKey Key, string Series, DateTimeOffset At, long Value, CountedThing Counts, ImmutableArray<string> Instances);
