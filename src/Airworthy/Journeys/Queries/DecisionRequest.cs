using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>What a person decides of a change.</summary>
/// <param name="State">What it is taken for: experimental, proven, suspect or withdrawn.</param>
/// <param name="By">Who decides.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">Until when it holds; 30 days when left out, a year at most.</param>
public sealed record DecisionRequest(ChangeState State, string By, string Reason, DateTimeOffset? Until = null);
