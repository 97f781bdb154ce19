using Airworthy.Model;
using Airworthy.Telemetry.Protos;

namespace Airworthy.Telemetry.Reduction;

/// <summary>Who sent it: what a resource's attributes say, old names accepted.</summary>
internal sealed record Sender(string Service, string Environment, ReportedVersion Version, string Instance, string InstanceGroup)
{
    /// <summary>The name the specification gives a service that tells none.</summary>
    public const string UnknownService = "unknown_service";

    /// <summary>The same without its instance: what of it is looked at together.</summary>
    public Sender Origin => this with { Instance = "", InstanceGroup = "" };

    public static Sender Of(Resource? resource)
    {
        var attributes = resource?.Attributes;
        return new Sender(
            SentText.Text(attributes, "service.name"u8, maxBytes: SentText.SenderBytes) ?? UnknownService,
            SentText.Text(attributes, "deployment.environment.name"u8, "deployment.environment"u8, SentText.SenderBytes) ?? "",
            new ReportedVersion(
                SentText.Text(attributes, "vcs.ref.head.revision"u8, "vcs.repository.ref.revision"u8),
                SentText.Text(attributes, "git.commit.sha"u8),
                SentText.Text(attributes, "sentry.release"u8),
                SentText.Text(attributes, "service.version"u8),
                SentText.Text(attributes, "vcs.repository.url.full"u8)),
            SentText.Text(attributes, "service.instance.id"u8, maxBytes: SentText.SenderBytes) ?? "",
            SentText.Text(attributes, "deployment.name"u8, maxBytes: SentText.SenderBytes) ?? "");
    }
}
