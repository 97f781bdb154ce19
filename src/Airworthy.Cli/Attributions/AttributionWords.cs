using Airworthy.Model;

namespace Airworthy.Cli.Attributions;

/// <summary>The words an attribution is told in, the same in JSON and text.</summary>
internal static class AttributionWords
{
    public static string Of(AttributionVerdict verdict) => verdict switch
    {
        AttributionVerdict.Attributed => "attributed",
        AttributionVerdict.Ambiguous => "ambiguous",
        _ => "not-attributable",
    };

    public static string Of(SuspectRole role) => role == SuspectRole.Caused ? "caused" : "exposed";

    public static string Of(RevisionSource source) => source switch
    {
        RevisionSource.HeadRevision => "vcs.ref.head.revision",
        RevisionSource.GitCommitSha => "git.commit.sha",
        RevisionSource.SentryRelease => "sentry-release",
        RevisionSource.ServiceVersion => "service.version",
        RevisionSource.Tag => "tag",
        RevisionSource.DeployEvent => "deploy-event",
        RevisionSource.Given => "given",
        _ => "branch-tip",
    };
}
