namespace Airworthy.Git.Lines;

/// <summary>Which files git takes for others that were there before.</summary>
internal enum SimilarFiles
{
    /// <summary>None.</summary>
    None,

    /// <summary>The one that another, now gone, was renamed to.</summary>
    Renamed,

    /// <summary>Every one that was made from another: dear, so only among few.</summary>
    Copied,
}
