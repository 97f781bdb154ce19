using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>How one rule of the policy came out over a whole change.</summary>
/// <param name="Name"><c>evidence/NAME</c>, <c>deny/AREA</c> or <c>agents/…</c>.</param>
/// <param name="Asks">What it asks, as a sentence.</param>
/// <param name="Applied">Units it spoke of.</param>
/// <param name="Unmet">Units that did not meet it.</param>
/// <param name="Kind">The answer; a rule that spoke of nothing passes.</param>
public sealed record RuleOutcome(string Name, string Asks, int Applied, int Unmet, VerdictKind Kind);
