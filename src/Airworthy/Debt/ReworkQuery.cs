using System.Collections.Immutable;

namespace Airworthy.Debt;

/// <summary>What is asked about rework.</summary>
/// <param name="Days">How many days a line that landed must live not to count as reworked, one answer for each, ascending.</param>
/// <param name="Since">Counts only lines that landed then or later; null counts all.</param>
public sealed record ReworkQuery(ImmutableArray<int> Days, DateTimeOffset? Since);
