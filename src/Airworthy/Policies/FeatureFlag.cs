using System.Collections.Immutable;

namespace Airworthy.Policies;

/// <summary>A feature flag that keeps a change off where it is off, and whose answer the server gives.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Changes">The changes it keeps off, by their ids or the beginnings of their commits; beside those that name it themselves, in a trailer.</param>
/// <param name="Ramp">The share of targeting keys that get it on, 0 to 1. The default value is 1.</param>
/// <param name="TurnsOff">
/// True (the default) when it answers off as soon as a change of it is suspect, so surely that it holds over all changes that are watched, or because a
/// person said so.
/// </param>
/// <param name="On">What it answers where it is on; null for true.</param>
/// <param name="Off">What it answers where it is off, the code's default; null for false.</param>
public sealed record FeatureFlag(string Key, ImmutableArray<string> Changes, double Ramp, bool TurnsOff, string? On, string? Off);
