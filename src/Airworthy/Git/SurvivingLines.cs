using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>What still lives of a commit at a revision.</summary>
/// <param name="Path">A file with lines of it.</param>
/// <param name="Spans">Those lines.</param>
public sealed record SurvivingLines(RepoPath Path, ImmutableArray<LineSpan> Spans);
