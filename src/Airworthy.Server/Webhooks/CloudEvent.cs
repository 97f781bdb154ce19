using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Server.Webhooks;

/// <summary>A CloudEvent 1.0 as it came over HTTP.</summary>
/// <param name="Type">Its type, such as <c>dev.cdevents.service.deployed.0.3.0</c>.</param>
/// <param name="Time">When it happened; null when not told.</param>
/// <param name="Data">What it tells.</param>
internal sealed record CloudEvent(string Type, DateTimeOffset? Time, JsonElement Data)
{
    private const int MostInBatch = 1_000;

    /// <summary>Reads every form there is: structured (one, or a batch), binary, and data alone, whose type its own context tells.</summary>
    /// <exception cref="ServerException">It is no event.</exception>
    public static ImmutableArray<CloudEvent> Read(WebhookRequest request)
    {
        var type = request.Header("Content-Type") ?? "";
        var json = request.Json();
        if (request.Header("ce-type") is { } told)
        {
            return [new CloudEvent(told, JsonPath.Instant(request.Header("ce-time")), json)];
        }

        if (json.ValueKind == JsonValueKind.Array)
        {
            return json.GetArrayLength() <= MostInBatch
                ? [.. json.EnumerateArray().Select(Structured)]
                : throw new ServerException(Fault.Usage, $"The batch holds more than {MostInBatch} events: send smaller ones.");
        }

        return type.StartsWith("application/cloudevents+json", StringComparison.OrdinalIgnoreCase) || json.Text("specversion") is not null
            ? [Structured(json)]
            : [new CloudEvent(json.Text("context", "type") ?? throw NoType(), Time: null, json)];
    }

    private static CloudEvent Structured(JsonElement json)
    {
        var type = json.Text("type") ?? throw NoType();
        return new CloudEvent(type, json.Instant("time"), json.At("data") is { } data ? data : Decoded(json.Text("data_base64")));
    }

    private static JsonElement Decoded(string? base64)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(base64 ?? "")));
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new ServerException(Fault.Usage, "The event has no data in JSON.", e);
        }
    }

    private static ServerException NoType() => new(Fault.Usage, "The event has no type: it is neither a CloudEvent nor a CDEvent.");
}
