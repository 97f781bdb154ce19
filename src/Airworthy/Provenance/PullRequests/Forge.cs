namespace Airworthy.Provenance.PullRequests;

/// <summary>A kind of service that hosts repositories.</summary>
public enum Forge
{
    /// <summary>GitHub, also GitHub Enterprise.</summary>
    GitHub,

    /// <summary>GitLab, also on a host of one's own.</summary>
    GitLab,
}
