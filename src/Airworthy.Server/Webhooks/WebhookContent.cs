using System.Collections.Immutable;
using Airworthy.Incidents;
using Airworthy.Telemetry.Releases;

namespace Airworthy.Server.Webhooks;

/// <summary>What a webhook told.</summary>
internal sealed record WebhookContent
{
    /// <summary>Versions that came to run, or ceased to.</summary>
    public ImmutableArray<Release> Releases { get; init; } = [];

    /// <summary>What broke, or is over.</summary>
    public ImmutableArray<IncidentReport> Incidents { get; init; } = [];

    /// <summary>Why nothing of it was taken; null when something was.</summary>
    public string? Ignored { get; init; }

    /// <summary>Nothing, with the reason.</summary>
    public static WebhookContent Nothing(string reason) => new() { Ignored = reason };
}
