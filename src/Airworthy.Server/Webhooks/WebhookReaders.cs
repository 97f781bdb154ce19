namespace Airworthy.Server.Webhooks;

/// <summary>The list of webhook formats: each is one file in this folder.</summary>
internal static class WebhookReaders
{
    public static IReadOnlyList<IWebhookReader> All { get; } =
    [
        new GitHubReader(),
        new CdEventsReader(),
        new AlertsReader("alertmanager"),
        new AlertsReader("grafana"),
        new PagerDutyReader(),
        new SentryReader(),
        new OpsgenieReader(),
    ];

    /// <summary>The reader of <c>/hooks/NAME</c>; null when there is none.</summary>
    public static IWebhookReader? Named(string name) => All.FirstOrDefault(reader => string.Equals(reader.Name, name, StringComparison.Ordinal));
}
