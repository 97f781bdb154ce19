namespace Airworthy.Journeys.Debts;

/// <summary>How much of a budget of the policy is used.</summary>
/// <param name="Name">The budget's name.</param>
/// <param name="Unproven">Unproven AI-written statements under its paths.</param>
/// <param name="Most">The most there may be.</param>
public sealed record DebtBudgetUse(string Name, long Unproven, int Most)
{
    /// <summary>True when there are more than there may be.</summary>
    public bool IsOver => Unproven > Most;
}
