using System.Collections.Immutable;
using Airworthy.Trials.Mutation;

namespace Airworthy.Trials;

/// <summary>What there is to try of one project.</summary>
/// <param name="Units">The units, tryable or not.</param>
/// <param name="BaseAssembly">The assembly to load for the base: instrumented where that could be had; empty where it was not built.</param>
/// <param name="HeadAssembly">The assembly to load for the head.</param>
/// <param name="Notes">What was not done and why, in sentences.</param>
public sealed record TrialPlan(ImmutableArray<TrialUnit> Units, string BaseAssembly, string HeadAssembly, ImmutableArray<string> Notes)
{
    /// <summary>Counters that each side was compiled with; 0 when it was not.</summary>
    public int Edges { get; init; }

    /// <summary>The mutants of the change; null when none were asked for.</summary>
    public MutationPlan? Mutation { get; init; }

    /// <summary>Both sides as several threads try them; null when nothing in the plan is shared, or it was not asked for.</summary>
    public ScheduledSides? Scheduled { get; init; }

    /// <summary>Whether the code needs the shared framework of ASP.NET Core. The default value is <see langword="false"/>.</summary>
    public bool NeedsAspNetCore { get; init; }
}
