using Airworthy.Telemetry;
using Airworthy.Testing;

namespace Airworthy.Bench.OtlpFuzz;

/// <summary>Takes everything and keeps nothing: only decoding and reducing are tried.</summary>
internal sealed class NoStore : StubStore
{
    public override Task<bool> AppendAsync(TelemetryBatch batch, CancellationToken cancel) => Task.FromResult(true);
}
