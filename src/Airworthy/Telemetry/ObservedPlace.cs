using Airworthy.Model;

namespace Airworthy.Telemetry;

/// <summary>A place in the code of one version, as sent, under which minutes are counted.</summary>
/// <param name="Id">Its number; larger ones came later.</param>
/// <param name="Environment">The environment; empty when not told.</param>
/// <param name="Version">The version attributes.</param>
/// <param name="Location">Where.</param>
/// <param name="Source">What counted: <c>span</c>, <c>metric</c> or <c>probe</c>.</param>
/// <param name="Sampling">How it was sampled, as told: <c>all</c>, <c>th:…</c>, <c>unknown</c>.</param>
public sealed record ObservedPlace(long Id, string Environment, ReportedVersion Version, ObservedLocation Location, string Source, string Sampling)
{
    /// <summary>The feature flags evaluated there, <c>key=variant</c>; empty when none.</summary>
    public string FlagVariant { get; init; } = "";

    /// <summary>True when it names no code, only what was asked for.</summary>
    public bool IsOperation => Location is { Function: null, File: null, Operation: not null };
}
