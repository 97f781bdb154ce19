using System.Collections.Immutable;

namespace Airworthy.Model;

/// <summary>The answer to "which change broke it".</summary>
/// <param name="Verdict">The answer's kind.</param>
/// <param name="Reason">A sentence: why this verdict.</param>
/// <param name="Confidence">Belief in the first suspect, 0 to 1; 0 when not attributable.</param>
/// <param name="Revision">Where was blamed, and what told it.</param>
/// <param name="Frames">The frames as they resolved.</param>
/// <param name="Suspects">The most likely first.</param>
public sealed record Attribution(
    AttributionVerdict Verdict,
    string Reason,
    double Confidence,
    DeployedRevision Revision,
    ImmutableArray<ResolvedFrame> Frames,
    ImmutableArray<Suspect> Suspects);
