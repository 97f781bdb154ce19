using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Tests.Telemetry;

/// <summary>Builds reduced telemetry that reads like what a service sent.</summary>
internal static class Sent
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static readonly ReportedVersion Version = ReportedVersion.None with { ServiceVersion = "1.2.0" };

    /// <summary>An incident seen once at noon; all have one fingerprint.</summary>
    public static Incident Incident(string id) => new(
        new IncidentId(id),
        "f1",
        "System.FormatException: not a number",
        "shop",
        "production",
        "otlp",
        Noon,
        Noon,
        Episodes: 0,
        [Version],
        "System.FormatException: not a number\n   at Shop.Orders.Place()",
        IncidentStatus.Open,
        Repository: null,
        Attribution: null);

    public static TelemetryBatch Batch(
        string digest, Observation[]? observations = null, ExceptionSighting[]? exceptions = null, Arrival[]? arrivals = null, RunningTotal[]? totals = null, StatementFlags[]? statements = null) =>
        new(digest, [.. observations ?? []], [.. totals ?? []], [.. statements ?? []], [.. exceptions ?? []], [.. arrivals ?? []]);

    public static RunningTotal Counter(long value, string series = "calls of one", int second = 0, bool countsFailures = false)
    {
        var key = Calls(0).Key;
        return new RunningTotal(
            key with { Source = "probe", Sampling = "all", Minute = Noon.AddMinutes(second / 60) }, series, Noon.AddSeconds(second), value, countsFailures ? CountedThing.Failures : CountedThing.Calls, ["one"]);
    }

    public static Observation Calls(
        long calls, long bad = 0, string function = "Shop.Orders.Place", string service = "shop", string? version = null, int minute = 0, params string[] instances) =>
        new(
            new ObservationKey(
                service,
                "production",
                version is null ? Version : Version with { ServiceVersion = version },
                new ObservedLocation(function, "src/Orders.cs", 12, null),
                "",
                "",
                "span",
                "unknown",
                Noon.AddMinutes(minute)),
            calls,
            bad,
            [.. instances.Select(instance => new InstanceCount(instance, calls, bad))]);

    public static ExceptionSighting Exception(
        string? trace = "0af7651916cd43dd8448eb211c80319c",
        string? span = "b7ad6b7169203331",
        string? type = "System.FormatException",
        string? message = "not a number",
        string? stack = "System.FormatException: not a number\n   at Shop.Orders.Place()",
        string signal = "span",
        string service = "shop") =>
        new(service, "production", Version, "one", Noon, trace, span, type, message, stack, "POST /orders", signal);

    public static Arrival Arrived(int minute, long spans = 1, long logs = 0, string service = "shop", string? version = null) =>
        new(
            service,
            "production",
            version is null ? Version : Version with { ServiceVersion = version },
            Noon.AddMinutes(minute),
            spans,
            logs,
            Exceptions: 0,
            WithCode: spans,
            UnknownSampling: spans);
}
