using System.Collections.Immutable;

namespace Airworthy.Journeys.Trials;

/// <summary>The kinds of trial by their names.</summary>
public static class TrialKinds
{
    public const string Differential = "differential";

    public const string Robustness = "robustness";

    public const string Properties = "properties";

    /// <summary>Whether tests notice when the changed statements are written otherwise.</summary>
    public const string Mutation = "mutation";

    /// <summary>Whether several threads may use what changed at once.</summary>
    public const string Concurrency = "concurrency";

    /// <summary>Whether what a call takes grows faster with its input.</summary>
    public const string Scaling = "scaling";

    /// <summary>Those that are held unless others are named: what runs base and head. The others ask something else, and take their own time.</summary>
    public static ImmutableArray<string> Default { get; } = [Differential, Robustness, Properties];

    public static ImmutableArray<string> All { get; } = [.. Default, Mutation, Concurrency, Scaling];
}
