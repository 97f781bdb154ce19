using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>The living lines of one top folder, or of one file at the top.</summary>
/// <param name="Path">The folder or file.</param>
/// <param name="IsFolder">False for a file.</param>
/// <param name="Lines">Its lines by who wrote them.</param>
public sealed record ScanFolder(RepoPath Path, bool IsFolder, ScanTally Lines);
