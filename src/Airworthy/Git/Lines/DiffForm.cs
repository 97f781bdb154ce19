namespace Airworthy.Git.Lines;

/// <summary>What <see cref="DiffTree"/> is asked of a commit.</summary>
internal enum DiffForm
{
    /// <summary>The lines in which it differs from its one parent, or from nothing.</summary>
    Patches,

    /// <summary>The lines of a merge, in the files that differ from every parent.</summary>
    CombinedPatches,

    /// <summary>The files in which a merge differs from every parent, without lines.</summary>
    CombinedListing,

    /// <summary>The files in which it differs from another commit, without lines.</summary>
    Listing,

    /// <summary>The files in which it differs from its one parent, or from nothing, and the blobs to compare.</summary>
    Pairs,

    /// <summary>The lines in which two trees differ, without those that moved.</summary>
    Trees,
}
