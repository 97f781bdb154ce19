namespace Airworthy.Provenance;

/// <summary>What a commit does with an earlier one that it names.</summary>
public enum CommitOriginKind
{
    /// <summary>Repeats it, by <c>git cherry-pick -x</c>.</summary>
    CherryPick,

    /// <summary>Undoes it, by <c>git revert</c>.</summary>
    Revert,
}
