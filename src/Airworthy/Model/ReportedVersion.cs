namespace Airworthy.Model;

/// <summary>The attributes by which a sender names its version, exactly as sent; resolved late, against the repository.</summary>
/// <param name="HeadRevision"><c>vcs.ref.head.revision</c>, or its older name <c>vcs.repository.ref.revision</c>.</param>
/// <param name="GitCommitSha"><c>git.commit.sha</c> (Datadog).</param>
/// <param name="SentryRelease">A Sentry release, <c>name@version+sha</c>.</param>
/// <param name="ServiceVersion"><c>service.version</c>.</param>
/// <param name="RepositoryUrl"><c>vcs.repository.url.full</c>: a claim, not a proof.</param>
public sealed record ReportedVersion(
    string? HeadRevision, string? GitCommitSha, string? SentryRelease, string? ServiceVersion, string? RepositoryUrl)
{
    public static ReportedVersion None { get; } = new(null, null, null, null, null);

    /// <summary>What people call it: the first attribute that is there, else <c>unversioned</c>.</summary>
    public string Display => ServiceVersion ?? HeadRevision ?? GitCommitSha ?? SentryRelease ?? "unversioned";
}
