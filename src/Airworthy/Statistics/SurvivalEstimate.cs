namespace Airworthy.Statistics;

/// <summary>The estimated share of subjects that are still there after some time.</summary>
/// <param name="Time">The time.</param>
/// <param name="AtRisk">How many were still watched, and still there, just before it: the fewer, the less the estimate says.</param>
/// <param name="Survival">The share, 0 to 1.</param>
/// <param name="LogError">The standard error of the share's logarithm as if subjects were independent (Greenwood); null when nobody is left.</param>
/// <param name="ClusteredLogError">The same, allowing for clusters; null when nobody is left.</param>
/// <param name="Independent">The interval by <paramref name="LogError"/>; null for a share of 0 or 1, which this method gives none.</param>
/// <param name="Clustered">The interval by <paramref name="ClusteredLogError"/>; null also with fewer than three clusters.</param>
public sealed record SurvivalEstimate(
    double Time,
    long AtRisk,
    double Survival,
    double? LogError,
    double? ClusteredLogError,
    ConfidenceInterval? Independent,
    ConfidenceInterval? Clustered);
