namespace Airworthy.Model;

/// <summary>Who wrote a line or a commit. Unknown is never counted as human.</summary>
public enum AuthorKind
{
    Unknown,
    Ai,
    Human,
}
