using System.Collections.Immutable;

namespace Airworthy.Policies;

/// <summary>How many AI-written statements in production may be unproven at once under some paths.</summary>
/// <param name="Name">Its name; unique in the policy.</param>
/// <param name="Paths">Where.</param>
/// <param name="Statements">The most there may be.</param>
public sealed record DebtBudget(string Name, ImmutableArray<GlobPattern> Paths, int Statements)
{
    /// <summary>The name by which verdicts and exceptions speak of it.</summary>
    public string Id => $"budget/{Name}";
}
