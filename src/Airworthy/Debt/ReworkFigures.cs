using System.Collections.Immutable;

namespace Airworthy.Debt;

/// <summary>What became of the lines that landed on a main line.</summary>
/// <param name="All">All of them.</param>
/// <param name="Authors">By who wrote them: <c>ai</c>, <c>human</c>, <c>unknown</c>, always the three.</param>
/// <param name="Agents">By agent, the one with the most lines first. A line of two agents counts for both.</param>
/// <param name="Models">By agent and model; lines of agents that tell none are not among them.</param>
/// <param name="Sessions">By agent and session that a record names, the one with the most lines first.</param>
/// <param name="Prompts">Lines of agents by how they were asked for, where a record keeps the prompt: each line counts for one pattern of each kind.</param>
/// <param name="Folders">By top folder or file that they landed in, the one with the most lines first.</param>
/// <param name="Overwrites">Who took away whose lines: nine entries.</param>
/// <param name="Asked">Lines of agents whose prompt is kept; <paramref name="Prompts"/> speaks of these alone.</param>
/// <param name="KnownByLine">Lines whose author a record of the very line tells; the rest of the known ones go by their commit.</param>
/// <param name="NeverLanded">Lines that were gone again before their branch landed. No figure counts them.</param>
/// <param name="Earlier">Lines that landed before the time asked for. No figure counts them.</param>
public sealed record ReworkFigures(
    ReworkGroup All,
    ImmutableArray<ReworkGroup> Authors,
    ImmutableArray<ReworkGroup> Agents,
    ImmutableArray<ReworkGroup> Models,
    ImmutableArray<ReworkGroup> Sessions,
    ImmutableArray<ReworkGroup> Prompts,
    ImmutableArray<ReworkGroup> Folders,
    ImmutableArray<Overwrite> Overwrites,
    long Asked,
    long KnownByLine,
    long NeverLanded,
    long Earlier)
{
    /// <summary>Lines of which it is known who wrote them.</summary>
    public long Known => Authors.Where(group => group.Name != LifetimeCount.Unknown).Sum(group => group.Lines);
}
