namespace Airworthy.Statistics;

/// <summary>Some subjects that were watched alike, from the same beginning for the same time, and of which the same is known at its end.</summary>
/// <param name="Time">How long they were watched, in any unit; at least 0.</param>
/// <param name="HasEnded">True when they ended then; false when they were still there as watching stopped (right-censored).</param>
/// <param name="Count">How many; at least 1.</param>
/// <param name="Cluster">What they have in common: subjects of one cluster do not end independently of each other.</param>
public readonly record struct Observation(double Time, bool HasEnded, long Count, int Cluster);
