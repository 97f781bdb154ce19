using Airworthy.Model;

namespace Airworthy.Provenance.Carrying;

/// <summary>How much of the authorship of some commits was found again in the commit that took their place.</summary>
/// <param name="Commit">The commit the lines were carried to.</param>
/// <param name="Added">Lines it added.</param>
/// <param name="Telling">Those among them that have a letter or a digit.</param>
/// <param name="Found">Those among <paramref name="Telling"/> that came from the commits it replaces.</param>
/// <param name="Ai">Lines carried that an agent wrote.</param>
/// <param name="Human">Lines carried that a person wrote.</param>
/// <param name="Known">Lines that its own note spoke of already.</param>
public sealed record CarriedLines(CommitId Commit, int Added, int Telling, int Found, int Ai, int Human, int Known)
{
    /// <summary>Lines carried.</summary>
    public int Carried => Ai + Human;

    /// <summary>
    /// True when at least half of what the commit added came from the commits it is said to replace. A squash adds little else; a commit that
    /// is none of theirs shares some lines with them by chance.
    /// </summary>
    public bool IsOfThem => Found * 2 >= Telling && Found > 0;
}
