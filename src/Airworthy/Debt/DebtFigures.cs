using System.Collections.Immutable;

namespace Airworthy.Debt;

/// <summary>How much agent debt a repository carries at a revision.</summary>
/// <param name="All">All AI-written statements.</param>
/// <param name="Unknown">Statements of which nobody knows who wrote them: not debt by name, and not nothing.</param>
/// <param name="Human">People's statements.</param>
/// <param name="Exposed">Unproven AI-written statements in functions that production was seen to call.</param>
/// <param name="Folders">By top folder, the most unproven first.</param>
/// <param name="Agents">By agent. A statement of two agents counts for both.</param>
/// <param name="Models">By agent and model; statements of agents that tell none are not among them.</param>
/// <param name="Ages">By how long ago they landed, the youngest first.</param>
public sealed record DebtFigures(
    DebtGroup All,
    long Unknown,
    long Human,
    long Exposed,
    ImmutableArray<DebtGroup> Folders,
    ImmutableArray<DebtGroup> Agents,
    ImmutableArray<DebtGroup> Models,
    ImmutableArray<DebtGroup> Ages)
{
    /// <summary>All statements, whoever wrote them.</summary>
    public long Statements => All.Statements + Unknown + Human;
}
