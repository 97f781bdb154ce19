using Airworthy.Alerts;
using Airworthy.Journeys.Probation;
using Airworthy.Journeys.Queries;
using Airworthy.Probation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Airworthy.Server.Health;

/// <summary><c>/metrics</c>: where changes and incidents stand and what arrives, for whoever watches the watcher.</summary>
internal static class MetricsEndpoint
{
    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/metrics", WriteAsync).ExcludeFromDescription();

    private static async Task WriteAsync(
        HttpContext context, IServerQueries queries, ProbationRound probation, IAlertStore alerts, IChangeLedger ledger, CancellationToken cancel)
    {
        var overview = await queries.OverviewAsync(cancel);
        var services = await queries.ServicesAsync(service: null, cancel);
        var text = new MetricsText(context.Request.Headers.Accept.ToString().Contains(MetricsText.OpenMetrics, StringComparison.OrdinalIgnoreCase));
        text.Gauge("airworthy_repositories", "Repositories that are read.").Of(overview.Repositories);
        var changes = text.Gauge("airworthy_changes", "Changes on probation, by where they stand and who wrote them.");
        foreach (var count in overview.Changes)
        {
            changes.Of(count.Count, ("state", Model.Words.Of(count.State)), ("authorship", Model.Words.Of(count.Authorship)));
        }

        text.Gauge("airworthy_changes_running", "Changes on probation that were seen running.").Of(probation.Running);
        text.Gauge("airworthy_changes_switched_off", "Changes whose flags, if they have any, answer off by themselves.").Of((await ledger.SwitchedOffAsync(cancel)).Count);
        var burning = text.Gauge("airworthy_objective_burning", "Services that burn their error budgets too fast.");
        foreach (var one in await alerts.BurningAsync(cancel))
        {
            burning.Of(1, ("service", one.Service));
        }

        var deliveries = text.Gauge("airworthy_webhook_deliveries", "Deliveries to each webhook, by how they stand.");
        foreach (var one in await alerts.SummariesAsync(cancel))
        {
            deliveries.Of(one.Open, ("target", one.Target), ("state", "open"));
            deliveries.Of(one.Done, ("target", one.Target), ("state", "done"));
            deliveries.Of(one.Dead, ("target", one.Target), ("state", "dead"));
        }

        text.Gauge("airworthy_incidents_open", "Incidents that are open.").Of(overview.OpenIncidents);
        text.Gauge("airworthy_incidents_open_attributed", "Open incidents that are attributed to a change.").Of(overview.Attributed);
        if (probation.JudgedUntil is { } judged)
        {
            text.Gauge("airworthy_judged_until_timestamp_seconds", "The last minute that was judged, as seconds since 1970.").Of(judged.ToUnixTimeSeconds());
        }

        var versions = services.SelectMany(service => service.Versions.Select(version => (service.Service, Version: version))).ToLookup(one => one.Service, one => one.Version, StringComparer.Ordinal);
        var arrived = text.Gauge("airworthy_telemetry_last_arrival_timestamp_seconds", "When something of a service came last, as seconds since 1970.");
        foreach (var service in versions)
        {
            arrived.Of(service.Max(version => version.LastSeen).ToUnixTimeSeconds(), ("service", service.Key));
        }

        var items = text.Counter("airworthy_telemetry_items", "Spans, log records and exceptions that came of a service.");
        foreach (var service in versions)
        {
            items.Of(service.Sum(version => version.Spans), ("service", service.Key), ("kind", "span"));
            items.Of(service.Sum(version => version.Logs), ("service", service.Key), ("kind", "log record"));
            items.Of(service.Sum(version => version.Exceptions), ("service", service.Key), ("kind", "exception"));
        }

        context.Response.ContentType = text.ContentType;
        await context.Response.WriteAsync(text.ToString(), cancel);
    }
}
