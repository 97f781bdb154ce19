using Airworthy.Statistics;

namespace Airworthy.Debt;

/// <summary>How much lived for some time.</summary>
/// <param name="Days">How many days after landing.</param>
/// <param name="Estimate">The Kaplan–Meier estimate; null when no line was watched for so long.</param>
public readonly record struct ReworkSurvival(int Days, SurvivalEstimate? Estimate);
