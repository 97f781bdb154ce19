namespace Airworthy.Git.Lines;

/// <summary>What a commit did to one path.</summary>
internal enum FileEditKind : byte
{
    /// <summary>The file is gone, or is no regular file any more.</summary>
    Deleted,

    /// <summary>The file lives on under another path of the same commit.</summary>
    RenamedAway,

    /// <summary>Its lines are those of <see cref="FileEdit.Sources"/>, as their spans say.</summary>
    Edited,

    /// <summary>It is there, and git shows no lines of it.</summary>
    Binary,

    /// <summary>A merge took it whole from one of its parents: the first that holds the same blob at this path.</summary>
    Taken,
}
