namespace Airworthy.Model;

/// <summary>What told the revision that ran, the most direct first.</summary>
public enum RevisionSource
{
    HeadRevision,
    GitCommitSha,
    SentryRelease,
    ServiceVersion,
    Tag,
    DeployEvent,
    Given,
    BranchTip,
}
