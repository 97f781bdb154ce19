namespace Airworthy.Statistics;

/// <summary>A two-sided 95 % interval.</summary>
/// <param name="Lower">Its lower limit.</param>
/// <param name="Upper">Its upper limit.</param>
public readonly record struct ConfidenceInterval(double Lower, double Upper);
