using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>What a patch does, apart from where it does it: two that do the same have the same id, on whatever line it lands.</summary>
/// <param name="Id">A stable patch id: of the paths and the changed lines, blind to line numbers, blanks and the order of files.</param>
/// <param name="Lines">A hash of each changed line that has a letter or a digit, with its sign; of very long patches the first ones.</param>
internal sealed record PatchDigest(UInt128 Id, HashSet<ulong> Lines)
{
    /// <summary>The digest of a patch that changes nothing.</summary>
    public static PatchDigest Empty { get; } = new(UInt128.Zero, []);

    /// <summary>True when nothing was changed: such patches are all alike, which says nothing.</summary>
    public bool IsEmpty => Id == UInt128.Zero;

    /// <summary>How much of two patches is the same line for line, 0 to 1; 0 when there is nothing to compare.</summary>
    public double Likeness(PatchDigest other)
    {
        var (few, many) = Lines.Count <= other.Lines.Count ? (Lines, other.Lines) : (other.Lines, Lines);
        return many.Count == 0 ? 0 : (double)few.Count(many.Contains) / many.Count;
    }

    /// <summary>A commit and what it is compared with; null for the empty tree.</summary>
    internal readonly record struct Patch(CommitId Commit, CommitId? Base);
}
