using System.Collections.Immutable;

namespace Airworthy.Journeys;

/// <summary>What became of a repository's instruction files.</summary>
/// <param name="Repository">The repository's name on the server.</param>
/// <param name="Files">The files, in the order they were written.</param>
/// <param name="LeftOut">How many more lessons are in force than have a place.</param>
/// <param name="Drafts">How many wait for a person to accept them.</param>
public sealed record LessonsApplied(string Repository, ImmutableArray<AppliedFile> Files, int LeftOut, int Drafts);
