using Airworthy.Telemetry;
using Airworthy.Telemetry.Durations;

namespace Airworthy.Testing;

/// <summary>A store that holds nothing; tests say what appending does.</summary>
public abstract class StubStore : ITelemetryStore
{
    public abstract Task<bool> AppendAsync(TelemetryBatch batch, CancellationToken cancel);

    public Task<IReadOnlyList<StoredSighting>> SightingsAfterAsync(long sequence, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<StoredSighting>>([]);

    public Task<IReadOnlyList<ObservedTotal>> TotalsAsync(
        string service, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel, IReadOnlyCollection<long>? places = null) => Task.FromResult<IReadOnlyList<ObservedTotal>>([]);

    public Task<IReadOnlyList<ObservedPlace>> PlacesAsync(string service, long after, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ObservedPlace>>([]);

    public Task<IReadOnlyList<ObservedMinute>> MinutesAsync(
        IReadOnlyCollection<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ObservedMinute>>([]);

    public Task<DurationHistogram> DurationsAsync(
        IReadOnlyCollection<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel) => Task.FromResult(DurationHistogram.Empty);

    public Task<IReadOnlyList<PlaceDurations>> InstanceDurationsAsync(
        IReadOnlyCollection<long> places, DateTimeOffset after, DateTimeOffset until, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PlaceDurations>>([]);

    public Task<IReadOnlyList<PlaceExposure>> ExposureAsync(IReadOnlyCollection<long> places, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<PlaceExposure>>([]);

    public Task<IReadOnlyList<ExposureHour>> HoursAsync(IReadOnlyCollection<long> places, DateTimeOffset from, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ExposureHour>>([]);

    public Task<IReadOnlyList<ArrivalSummary>> ArrivalsAsync(string? service, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<ArrivalSummary>>([]);
}
