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
    VerdictKind Kind)
{
    /// <summary>Evidence that is there and says less than is asked.</summary>
    public ImmutableArray<Shortfall> Short { get; init; } = [];

    /// <summary>What the rules of agents forbid of it, a sentence each, by rule.</summary>
    public ImmutableArray<(string Rule, string Says)> Forbidden { get; init; } = [];

    /// <summary>What was let rest by an exception that still holds.</summary>
    public ImmutableArray<AcceptedRisk> Accepted { get; init; } = [];

    /// <summary>All rules that it does not meet, and no exception lets rest.</summary>
    public ImmutableArray<string> Unmet { get; init; } = [];
}
