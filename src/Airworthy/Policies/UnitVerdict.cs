using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>What the policy says of one changed unit.</summary>
/// <param name="Changed">The unit.</param>
/// <param name="Areas">The critical areas it lies in, the most critical first.</param>
/// <param name="Denied">The areas that deny such a change.</param>
/// <param name="Missing">Evidence that is asked for and not there.</param>
/// <param name="Rules">The rules that asked for something.</param>
/// <param name="Kind">The answer.</param>
public sealed record UnitVerdict(
    ChangedUnit Changed,
    ImmutableArray<CriticalArea> Areas,
    ImmutableArray<CriticalArea> Denied,
    ImmutableArray<EvidenceKind> Missing,
    ImmutableArray<EvidenceRule> Rules,
    VerdictKind Kind);
