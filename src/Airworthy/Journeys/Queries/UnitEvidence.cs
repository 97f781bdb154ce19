namespace Airworthy.Journeys.Queries;

/// <summary>What production showed of a unit at a revision.</summary>
/// <param name="Unit">The unit's symbol, with the part counted in brackets where it is not the whole; <c>operation …</c> when the telemetry names no code.</param>
/// <param name="Path">Its file; null when the telemetry names no code or it is not of the repository.</param>
/// <param name="Revision">The commit that ran; null while it is not resolved.</param>
/// <param name="Calls">Calls observed.</param>
/// <param name="Bad">Calls that ended in an error.</param>
/// <param name="Instances">Distinct instances.</param>
/// <param name="Source">What counted: <c>probe</c>, which counts every call, <c>metric</c>, which counts every request, else <c>span</c>. What counts the same calls once more is left out.</param>
/// <param name="Statements">Statements whose running probes tell of; 0 when none does.</param>
/// <param name="Ran">Those of them that ran at least once.</param>
/// <param name="NeverRan">The lines of the others, at the revision, each once.</param>
public sealed record UnitEvidence(
    string Unit, string? Path, string? Revision, long Calls, long Bad, int Instances, string Source, long Statements, long Ran,
    IReadOnlyList<int> NeverRan)
{
    /// <summary>Bytes that its calls allocated, as far as probes estimate it.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>How long its calls took; null when none was timed.</summary>
    public UnitTiming? Timing { get; init; }
}
