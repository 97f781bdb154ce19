namespace Airworthy.AttributionCases;

/// <summary>Who says what the cause of an incident was.</summary>
internal enum LabelSource
{
    /// <summary>A <c>Fixes:</c> trailer of the fix.</summary>
    Trailer,

    /// <summary>A sentence of the fix that names a commit: <em>introduced by</em>, <em>broken since</em>.</summary>
    Sentence,

    /// <summary>The fix takes the commit back.</summary>
    Revert,

    /// <summary>The fix names a pull request: any of its commits is right.</summary>
    PullRequest,

    /// <summary>Read in an issue by a person, and kept in <c>labels.json</c>.</summary>
    Issue,

    /// <summary>A fix names it and holds no trace: the frames were read off the code by a person, and kept in <c>labels.json</c>.</summary>
    Fix,

    /// <summary>The message of a commit holds the trace and says that nothing of the repository is at fault: read by a person, and kept in <c>labels.json</c>.</summary>
    Message,
}
