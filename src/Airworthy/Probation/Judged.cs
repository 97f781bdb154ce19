using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>A change against its baseline, by the strata seen so far.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="Since">The interval that settled it; null while it is undecided.</param>
/// <param name="Terms">What it was held to.</param>
/// <param name="Harm">The evidence of harm.</param>
/// <param name="NoHarm">The evidence against harm of the ratio that matters.</param>
/// <param name="HarmThreshold">What the logarithm of the evidence of harm must reach.</param>
/// <param name="NoHarmThreshold">What the logarithm of the evidence against harm must reach.</param>
/// <param name="Total">Both sides summed, to be shown; nothing is tested on it, for sums over time mix what changed meanwhile.</param>
/// <param name="Intervals">Strata read.</param>
/// <param name="Telling">Those among them that told something: failures, and both sides at work.</param>
/// <param name="OddsRatio">The estimate, and how much the strata scatter.</param>
/// <param name="IfHarmless">Episodes still needed to prove a change that does no harm; null once settled, or when no share is known.</param>
/// <param name="IfHarmful">Episodes still needed to flag a change whose odds are the ratio's; null likewise.</param>
public sealed record Judged(
    ProbationVerdict Verdict,
    string? Since,
    ProbationTerms Terms,
    EProcess Harm,
    EProcess NoHarm,
    double HarmThreshold,
    double NoHarmThreshold,
    Stratum Total,
    long Intervals,
    long Telling,
    OddsRatio OddsRatio,
    FirstPassage? IfHarmless,
    FirstPassage? IfHarmful)
{
    /// <summary>The calls of the change that <paramref name="episodes"/> more episodes take at the rate and share seen so far; null when no episode was seen.</summary>
    public double? ChangeCalls(double? episodes) => Total.Bad == 0 ? null : episodes * Total.Change.Calls / Total.Bad;
}
