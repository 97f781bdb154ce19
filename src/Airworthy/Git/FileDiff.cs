using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>What a diff says of one file.</summary>
/// <param name="OldPath">Its path before; null when it was added.</param>
/// <param name="NewPath">Its path after; null when it was deleted.</param>
/// <param name="IsBinary">True when git shows no lines for it.</param>
/// <param name="Hunks">Its hunks in order; none for a pure rename or mode change.</param>
public sealed record FileDiff(RepoPath? OldPath, RepoPath? NewPath, bool IsBinary, ImmutableArray<Hunk> Hunks);
