using System.Collections.Immutable;
using Airworthy.Debt;
using Airworthy.Model;

namespace Airworthy.Journeys.Debts;

/// <summary>The agent debt of a repository, with what it rests on.</summary>
/// <param name="Repository">Its name.</param>
/// <param name="Revision">The commit that was counted.</param>
/// <param name="IsRunning">True when a server tells that this commit runs in production; else it is only what was asked for.</param>
/// <param name="Production">What a server told; null when none was asked.</param>
/// <param name="Figures">The debt.</param>
/// <param name="Rates">What became of changes.</param>
/// <param name="Reviews">What review said of them; empty when no reviews were given.</param>
/// <param name="Attributable">Incidents that could be attributed; null without a server.</param>
/// <param name="Releases">Living lines at the last releases, the oldest first, and now.</param>
/// <param name="Budgets">The budgets of the policy.</param>
/// <param name="Unread">Files in languages that run which could not be counted.</param>
public sealed record DebtReport(
    string Repository,
    CommitId Revision,
    bool IsRunning,
    DebtProduction? Production,
    DebtFigures Figures,
    DebtRates Rates,
    ImmutableArray<DebtReview> Reviews,
    int? Attributable,
    ImmutableArray<DebtRelease> Releases,
    ImmutableArray<DebtBudgetUse> Budgets,
    int Unread);
