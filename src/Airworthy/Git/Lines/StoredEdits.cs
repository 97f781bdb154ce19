using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>What is kept of one commit, not yet decoded.</summary>
/// <param name="Parents">How many parents it was compared with: at the edge of a shallow clone there are none, until it is deepened.</param>
/// <param name="Bytes">As <see cref="EditCodec"/> wrote it.</param>
internal readonly record struct StoredEdits(int Parents, byte[] Bytes)
{
    /// <summary>The edits; null when the bytes are not what was written, or were written for another number of parents.</summary>
    public CommitEdits? Decode(CommitId commit, int parents) => parents == Parents ? EditCodec.Decode(commit, Bytes) : null;
}
