using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>A file of a commit's tree; links and submodules are not files.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Blob">The object name of its content.</param>
/// <param name="Size">Bytes.</param>
public sealed record TreeFile(RepoPath Path, string Blob, long Size);
