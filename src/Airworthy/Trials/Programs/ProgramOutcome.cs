using System.Collections.Immutable;

namespace Airworthy.Trials.Programs;

/// <summary>What one run of a scenario came to.</summary>
/// <param name="Exit">Its exit code; null when it did not end in time.</param>
/// <param name="Output">What it printed, up to 1 MiB.</param>
/// <param name="Error">What it complained of, up to 1 MiB.</param>
/// <param name="Files">What lies in its folder, by path.</param>
/// <param name="Processor">Processor seconds of all its processes; null when not measured.</param>
/// <param name="Memory">The most memory of one of its processes, in KiB; null when not measured.</param>
public sealed record ProgramOutcome(
    int? Exit, string Output, string Error, ImmutableSortedDictionary<string, LeftFile> Files, double? Processor, long? Memory)
{
    /// <summary>The signal that ended it, as a shell tells it; null for none.</summary>
    public int? Signal => Exit is > 128 and < 193 ? Exit - 128 : null;
}
