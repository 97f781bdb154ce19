using System.Collections.Immutable;

namespace Airworthy.Telemetry.Durations;

/// <summary>A histogram of one process as it stands: all since it began. What it adds is the difference to how it stood before.</summary>
/// <param name="Key">What its counts come under.</param>
/// <param name="Series">SHA-256, hex, of all that tells it from others; see <see cref="RunningTotal"/>.</param>
/// <param name="At">When it was read. A reading no later than the last one adds nothing.</param>
/// <param name="Durations">How it stands.</param>
/// <param name="CountsCalls">True when every call is in it, so that it counts calls too; false when it holds some of them.</param>
/// <param name="IsBad">True when the calls in it failed.</param>
/// <param name="Instances">The <c>service.instance.id</c> it was read at, if told.</param>
public sealed record RunningDurations(
    ObservationKey Key, string Series, DateTimeOffset At, DurationHistogram Durations, bool CountsCalls, bool IsBad, ImmutableArray<string> Instances);
