namespace Airworthy.Model;

/// <summary>A named feature of a suspect and what it added to its score.</summary>
/// <param name="Feature">Its name, e.g. <c>owns line</c>.</param>
/// <param name="Value">How strong it is, as a rule 0 to 1.</param>
/// <param name="LogOdds">What it added: the value times the feature's weight.</param>
public readonly record struct SuspectEvidence(string Feature, double Value, double LogOdds);
