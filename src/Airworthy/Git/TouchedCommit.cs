using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>A commit and the files it changed.</summary>
/// <param name="Id">The commit.</param>
/// <param name="Parents">Its parents, in its own order.</param>
/// <param name="Paths">The files added, changed or deleted, a rename as both; none of a merge.</param>
internal readonly record struct TouchedCommit(CommitId Id, ImmutableArray<CommitId> Parents, ImmutableArray<RepoPath> Paths);
