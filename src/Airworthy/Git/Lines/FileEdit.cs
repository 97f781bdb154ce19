using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>What a commit did to one path.</summary>
/// <param name="Path">The path after the commit; of a deletion, before it.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Blob">The first 16 bytes of the name of the blob after the commit.</param>
/// <param name="Sources">What it is compared with, one for each parent; empty unless <see cref="FileEditKind.Edited"/>.</param>
internal sealed record FileEdit(RepoPath Path, FileEditKind Kind, BlobName Blob, EditSource[] Sources)
{
    /// <summary>Added lines that the same commit took from elsewhere.</summary>
    public LineMove[] Moves { get; set; } = [];

    /// <summary>What is still to be compared to know the spans; null once they are known.</summary>
    public FilePair? Pair { get; init; }
}
