using System.Collections.Immutable;

namespace Airworthy.Telemetry;

/// <summary>A request's telemetry, reduced. Stored as one: all of it or nothing.</summary>
/// <param name="Digest">SHA-256 of the request's bytes, hex: a repeated batch counts once.</param>
public sealed record TelemetryBatch(
    string Digest, ImmutableArray<Observation> Observations, ImmutableArray<ExceptionSighting> Exceptions, ImmutableArray<Arrival> Arrivals);
