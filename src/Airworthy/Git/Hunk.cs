using System.Collections.Immutable;

namespace Airworthy.Git;

/// <summary>One hunk of a diff without context.</summary>
/// <param name="OldStart">First line removed, from 1; where nothing is removed, the line after which lines were added (0 = at the top).</param>
/// <param name="OldCount">Lines removed.</param>
/// <param name="NewStart">First line added, from 1; where nothing is added, the line after which lines were removed.</param>
/// <param name="NewCount">Lines added.</param>
/// <param name="Removed">The removed lines without their ends.</param>
/// <param name="Added">The added lines without their ends.</param>
public sealed record Hunk(
    int OldStart, int OldCount, int NewStart, int NewCount, ImmutableArray<string> Removed, ImmutableArray<string> Added);
