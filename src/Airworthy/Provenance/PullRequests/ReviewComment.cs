using Airworthy.Model;

namespace Airworthy.Provenance.PullRequests;

/// <summary>A comment on a line of a pull request.</summary>
/// <param name="By">The account.</param>
/// <param name="IsMachine">True when the forge says that it is no person's.</param>
/// <param name="Path">The file.</param>
/// <param name="Line">The line in it as the pull request has it now; 0 when that line is gone.</param>
public sealed record ReviewComment(string By, bool IsMachine, RepoPath Path, int Line);
