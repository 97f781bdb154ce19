using Airworthy.Telemetry;
using Airworthy.Testing;

namespace Airworthy.Tests.Telemetry;

/// <summary>Remembers the batches it was given, or fails as told.</summary>
internal sealed class RecordingStore(Exception? failure = null) : StubStore
{
    public List<TelemetryBatch> Batches { get; } = [];

    public override Task<bool> AppendAsync(TelemetryBatch batch, CancellationToken cancel)
    {
        if (failure is not null)
        {
            throw failure;
        }

        // The caller takes its lists back.
        Batches.Add(batch with { Observations = [.. batch.Observations], Arrivals = [.. batch.Arrivals] });
        return Task.FromResult(true);
    }
}
