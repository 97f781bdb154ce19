using System.Collections.Immutable;

namespace Airworthy.Trials.Running;

/// <summary>How a trial is held.</summary>
/// <param name="Kinds">The kinds of trial.</param>
/// <param name="Seed">What all chance comes from: the same seed tries the same inputs.</param>
public sealed record TrialTerms(ImmutableArray<string> Kinds, ulong Seed)
{
    /// <summary>Bytes the heap of a worker may hold. The default value is 1 GiB.</summary>
    public long MostMemory { get; init; } = 1L << 30;

    /// <summary>Workers at once, from 1. The default value is 1.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Inputs that each kind draws for each unit at most, whatever time is left; at least 1. The default value is no bound but time.</summary>
    public long MostInputs { get; init; } = long.MaxValue;

    /// <summary>A schedule to run again, as a finding tells it; null to look for one.</summary>
    public string? Schedule { get; init; }

    /// <summary>How long one call may take before it is told to hang. The default value is 10 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
