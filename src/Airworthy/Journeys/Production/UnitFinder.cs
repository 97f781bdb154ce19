#pragma warning disable
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Production;

/// <summary>Finds the unit that a span's <c>code.*</c> attributes name, at the revision that ran.</summary>
public sealed class UnitFinder
{
    public Task<CodeUnit?> FindAsync(ResolvedVersion version, ObservedLocation location, CancellationToken cancel) => Task.FromResult<CodeUnit?>(null);
}
