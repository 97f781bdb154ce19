namespace Airworthy.Statistics;

/// <summary>The time by which half of the subjects had ended.</summary>
/// <param name="Time">The first time at which the estimated share is at most one half; null when it was not reached while they were watched.</param>
/// <param name="Lower">The first time at which the lower limit of the clustered interval is at most one half; null with fewer than three clusters.</param>
/// <param name="Upper">The same of the upper limit; null also when it never is, so that the median has no upper bound.</param>
public readonly record struct SurvivalMedian(double? Time, double? Lower, double? Upper);
