using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Trials;

/// <summary>A C# file that differs between the sides.</summary>
/// <param name="Base">Its path at the base, from the repository's top; null when it was added.</param>
/// <param name="Head">Its path at the head; null when it was deleted.</param>
public sealed record ChangedFile(string? Base, string? Head)
{
    /// <summary>The lines at the head that differ. The default value is none.</summary>
    public ImmutableArray<LineSpan> Lines { get; init; } = [];

    /// <summary>The lines at the base that differ. The default value is none.</summary>
    public ImmutableArray<LineSpan> BaseLines { get; init; } = [];
}
