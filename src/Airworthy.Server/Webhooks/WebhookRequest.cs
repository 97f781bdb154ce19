using System.Text.Json;
using Airworthy.Model;
using Microsoft.AspNetCore.Http;

namespace Airworthy.Server.Webhooks;

/// <summary>One call of a webhook, its body read whole and its size bounded.</summary>
/// <param name="Headers">The request's headers.</param>
/// <param name="Service">The service that the address names, <c>?service=NAME</c>: for senders that don't tell it; null when it names none.</param>
/// <param name="Body">The body.</param>
/// <param name="Arrival">When it came, UTC: for what tells no time.</param>
internal sealed record WebhookRequest(IHeaderDictionary Headers, string? Service, ReadOnlyMemory<byte> Body, DateTimeOffset Arrival)
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 64 };

    /// <summary>The body as a JSON object.</summary>
    /// <exception cref="ServerException">It is none.</exception>
    public JsonElement Json()
    {
        try
        {
            using var document = JsonDocument.Parse(Body, s_options);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? document.RootElement.Clone()
                : throw new ServerException(Fault.Usage, "The body is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new ServerException(Fault.Usage, $"The body is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine}.", e);
        }
    }

    /// <summary>A header's value; null when it is not there.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}
