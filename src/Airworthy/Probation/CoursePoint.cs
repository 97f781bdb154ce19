namespace Airworthy.Probation;

/// <summary>Where the evidence on a change stood.</summary>
/// <param name="At">After the stratum of this minute, UTC.</param>
/// <param name="Harm">The natural logarithm of the evidence of harm.</param>
/// <param name="NoHarm">The natural logarithm of the evidence against harm.</param>
public readonly record struct CoursePoint(DateTimeOffset At, double Harm, double NoHarm);
