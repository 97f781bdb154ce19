namespace Airworthy.Provenance.PullRequests;

/// <summary>What a reviewer said last of a pull request.</summary>
public enum ReviewState
{
    Commented,
    Approved,
    ChangesRequested,
}
