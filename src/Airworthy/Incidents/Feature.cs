namespace Airworthy.Incidents;

/// <summary>One piece of evidence for a suspect.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Value">How strong: 0 to 1, or below 0 where the kind says so.</param>
/// <param name="Reason">The sentence shown to people; empty when it is not worth one.</param>
internal readonly record struct Feature(FeatureKind Kind, double Value, string Reason)
{
    /// <summary>What it adds to the suspect's score, in log-odds.</summary>
    public double Score => Value * RankingWeights.Of(Kind);
}
