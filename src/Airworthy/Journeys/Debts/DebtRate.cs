using Airworthy.Statistics;

namespace Airworthy.Journeys.Debts;

/// <summary>What became of the changes that have something in common: figures about code, never about people.</summary>
/// <param name="By">What: <c>ai</c>, <c>human</c>, <c>unknown</c>; an agent's session; a way of asking. From the repository: hostile.</param>
/// <param name="Landed">Changes that landed.</param>
/// <param name="Failed">Those that were reverted, or that production calls suspect.</param>
/// <param name="Judged">Those of them that production has judged, or that were reverted: the coverage of <paramref name="Failed"/>. Null without a server.</param>
/// <param name="Proven">Those that production has proven; null without a server.</param>
/// <param name="Caused">Incidents whose first suspect, as their cause, is one of them; null without a server.</param>
/// <param name="Rework">Lines that were replaced or deleted within 30 days of landing.</param>
public sealed record DebtRate(string By, int Landed, int Failed, int? Judged, int? Proven, int? Caused, ClusteredShare Rework)
{
    /// <summary>The 95 % interval of the share that failed; null when nothing landed.</summary>
    public ConfidenceInterval? FailRange => WilsonInterval.Of(Failed, Landed);
}
