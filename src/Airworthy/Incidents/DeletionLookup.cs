using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>Tells which commits only deleted, at a place that still is within a span of a file at a revision; the newest first.</summary>
public delegate Task<IReadOnlyList<Commit>> DeletionLookup(RepoPath path, LineSpan span, CommitId revision, CancellationToken cancel);
