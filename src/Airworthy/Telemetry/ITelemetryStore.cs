using Airworthy.Telemetry.Durations;

namespace Airworthy.Telemetry;

/// <summary>Keeps telemetry as it was sent.</summary>
public interface ITelemetryStore
{
    /// <summary>Stores a batch durably; returns after the commit, and keeps nothing of it. False when its digest was stored before: then nothing is counted.</summary>
    Task<bool> AppendAsync(TelemetryBatch batch, CancellationToken cancel);

    /// <summary>Sightings after <paramref name="sequence"/>, oldest first, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<StoredSighting>> SightingsAfterAsync(long sequence, int limit, CancellationToken cancel);

    /// <summary>What was observed of a service between two event times; null bounds are open.</summary>
    /// <param name="service">The service.</param>
    /// <param name="from">From when on.</param>
    /// <param name="to">Until when.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <param name="places">Some of its places; all when null.</param>
    Task<IReadOnlyList<ObservedTotal>> TotalsAsync(
        string service, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel, IReadOnlyCollection<long>? places = null);

    /// <summary>The places of a service that are numbered above <paramref name="after"/>, in their order.</summary>
    Task<IReadOnlyList<ObservedPlace>> PlacesAsync(string service, long after, CancellationToken cancel);

    /// <summary>What instances did at some places in the minutes after one and until another, in their order.</summary>
    Task<IReadOnlyList<ObservedMinute>> MinutesAsync(
        IReadOnlyCollection<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel);

    /// <summary>How long calls took at some places, all together, in the minutes after one and until another.</summary>
    Task<DurationHistogram> DurationsAsync(IReadOnlyCollection<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel);

    /// <summary>How long calls took at some places on each instance in the minutes after one and until another, in their order.</summary>
    Task<IReadOnlyList<PlaceDurations>> InstanceDurationsAsync(
        IReadOnlyCollection<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel);

    /// <summary>How much some places ran, each that ran at all.</summary>
    Task<IReadOnlyList<PlaceExposure>> ExposureAsync(IReadOnlyCollection<long> places, CancellationToken cancel);

    /// <summary>How much some places together ran in each hour from a time on, the oldest first; hours without a call are left out.</summary>
    Task<IReadOnlyList<ExposureHour>> HoursAsync(IReadOnlyCollection<long> places, DateTimeOffset from, CancellationToken cancel);

    /// <summary>What arrived, by service, environment and version; all services when <paramref name="service"/> is null.</summary>
    Task<IReadOnlyList<ArrivalSummary>> ArrivalsAsync(string? service, CancellationToken cancel);
}
