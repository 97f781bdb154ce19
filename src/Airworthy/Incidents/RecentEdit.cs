using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>A place in one of the trace's files that a late commit changed, where it lies at the revision that ran.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Path">The file.</param>
/// <param name="Place">The lines it wrote; of lines taken away the two around them.</param>
/// <param name="TookAway">True when it took more lines away there than it wrote.</param>
internal readonly record struct RecentEdit(Commit Commit, RepoPath Path, LineSpan Place, bool TookAway);
