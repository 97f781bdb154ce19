namespace Airworthy.Model;

/// <summary>How finely an authorship is known.</summary>
public enum AuthorshipBasis
{
    /// <summary>From the commit as a whole: every line it added is taken alike.</summary>
    Commit,

    /// <summary>From a record of this very line.</summary>
    Line,
}
