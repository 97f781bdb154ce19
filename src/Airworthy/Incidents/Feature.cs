namespace Airworthy.Incidents;

/// <summary>One piece of evidence for a suspect.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Score">What it adds to the suspect's score, in log-odds; may be negative.</param>
/// <param name="Reason">The sentence shown to people.</param>
internal readonly record struct Feature(FeatureKind Kind, double Score, string Reason);
