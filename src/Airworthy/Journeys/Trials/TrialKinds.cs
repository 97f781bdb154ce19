using System.Collections.Immutable;

namespace Airworthy.Journeys.Trials;

/// <summary>The kinds of trial by their names.</summary>
public static class TrialKinds
{
    public const string Differential = "differential";

    public const string Robustness = "robustness";

    public const string Properties = "properties";

    public static ImmutableArray<string> All { get; } = [Differential, Robustness, Properties];
}
