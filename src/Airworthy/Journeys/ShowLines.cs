using System.Collections.Immutable;

namespace Airworthy.Journeys;

/// <summary>What became of the lines of one commit, and of those it took away.</summary>
/// <param name="Written">The lines it added, by who wrote them.</param>
/// <param name="Living">Those that live at the revision, moved or not.</param>
/// <param name="Moved">Living ones that stand in another place or file by now; line history credits them to the commit that moved them.</param>
/// <param name="Files">The living lines that line history credits to the commit, the file with the most first.</param>
/// <param name="TakenBy">The commits that took the others away, the one that took the most first.</param>
/// <param name="TookAway">The lines of others that the commit took away, by who wrote them.</param>
public sealed record ShowLines(
    ScanTally Written, long Living, long Moved, ImmutableArray<ShowFile> Files, ImmutableArray<ShowSuccessor> TakenBy, ScanTally TookAway)
{
    /// <summary>Lines that others took the place of.</summary>
    public long Replaced => TakenBy.Sum(successor => successor.Replaced);

    /// <summary>Lines deleted, nothing put in their place.</summary>
    public long Deleted => TakenBy.Sum(successor => successor.Deleted);
}
