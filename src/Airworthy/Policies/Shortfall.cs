using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>Evidence that was read and says less than a rule asks.</summary>
/// <param name="Evidence">What was read.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Least">The share of good observations that is asked.</param>
public sealed record Shortfall(Evidence Evidence, EvidenceKind Kind, double Least);
