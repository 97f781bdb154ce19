using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Airworthy.Probes.Recordings;

namespace Airworthy.Probes.Replay;

/// <summary>Sends one recorded request again, and reads what is answered.</summary>
internal static class RequestReplay
{
    /// <summary>As ServedApplication names them, in an assembly that is not referenced.</summary>
    private const string Recording = "Airworthy-Replay";
    private const string OutwardPath = "/.airworthy-replay/outward";
    private const int MostAnswer = 1024 * 1024;

    /// <summary>Of an answer's headers those that a client acts on; others name the machine or the time.</summary>
    private static readonly string[] s_compared = ["Allow", "Cache-Control", "Content-Language", "Content-Type", "Location", "Retry-After", "Vary"];

    /// <summary>What it came to; the ids that it made up are learnt.</summary>
    /// <param name="http">Sends without following redirects and without a time limit of its own.</param>
    /// <param name="service">Where to send it.</param>
    /// <param name="recording">What was recorded.</param>
    /// <param name="ids">Ids of requests before.</param>
    /// <param name="cancel">The time that one request may take.</param>
    /// <exception cref="HttpRequestException">The service does not answer any more.</exception>
    public static async Task<ReplayedCall> SendAsync(HttpClient http, Uri service, RecordedCall recording, CarriedIds ids, CancellationToken cancel)
    {
        var recorded = RecordedRequest.Of(recording);
        if (WhyNot(recorded) is { } reason)
        {
            return new ReplayedCall(ReplayState.NotReplayable, reason, Outcome: null);
        }

        var id = recording.Id.ToString("N");
        using var request = new HttpRequestMessage(new HttpMethod(recorded.Method), service.OriginalString + ids.InTarget(recorded.Target)) { Content = Content(recorded, ids) };
        request.Headers.Add(Recording, id);
        foreach (var (name, value) in recorded.Headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content?.Headers.TryAddWithoutValidation(name, value) == true;
        }

        using var answer = await http.SendAsync(request, cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        using var asked = new HttpRequestMessage(HttpMethod.Get, service.OriginalString + OutwardPath);
        asked.Headers.Add(Recording, id);
        using var told = await http.SendAsync(asked, cancel);
        using var outward = JsonDocument.Parse(await told.Content.ReadAsByteArrayAsync(cancel));
        var outcome = Outcome(answer, body, outward.RootElement, service);
        if (recorded.Answer.ValueKind == JsonValueKind.Object && recorded.Answer.TryGetProperty("json", out var then) && outcome.TryGetProperty("body", out var now))
        {
            ids.Learn(then, now);
        }

        return new ReplayedCall(ReplayState.Returned, "", outcome);
    }

    private static string? WhyNot(RecordedRequest recorded) =>
        recorded.Body.ValueKind == JsonValueKind.Object && recorded.Body.TryGetProperty("$unrecorded", out var reason) ? $"its body was not recorded: {reason.GetString()}" : null;

    private static ByteArrayContent? Content(RecordedRequest recorded, CarriedIds ids)
    {
        if (recorded.Body.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var bytes = recorded.Body.TryGetProperty("json", out var json) ? ids.InJson(json) : Encoding.UTF8.GetBytes(recorded.Body.GetProperty("text").GetString() ?? "");
        return new ByteArrayContent(bytes);
    }

    private static JsonElement Outcome(HttpResponseMessage answer, byte[] body, JsonElement outward, Uri service)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("status", (int)answer.StatusCode);
            json.WriteStartObject("headers");
            foreach (var name in s_compared)
            {
                if (answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values))
                {
                    // Where it runs is not what it answers.
                    json.WriteString(name, values.ToString().Replace(service.OriginalString, "", StringComparison.OrdinalIgnoreCase));
                }
            }

            json.WriteEndObject();
            WriteBody(json, answer.Content.Headers.ContentType, body);
            if (outward.TryGetProperty("outward", out var calls))
            {
                json.WritePropertyName("outward");
                calls.WriteTo(json);
            }

            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    private static void WriteBody(Utf8JsonWriter json, MediaTypeHeaderValue? type, byte[] body)
    {
        if (body.Length == 0)
        {
            return;
        }

        if (type?.MediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true && body.Length <= MostAnswer)
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                json.WritePropertyName("body");
                document.RootElement.WriteTo(json);
                return;
            }
            catch (JsonException)
            {
                // Compared as text.
            }
        }

        var isText = body.Length <= MostAnswer && (type?.MediaType?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) == true || type?.MediaType?.Contains("xml", StringComparison.OrdinalIgnoreCase) == true);
        json.WriteString("body", isText ? Encoding.UTF8.GetString(body) : $"sha256 {Convert.ToHexStringLower(SHA256.HashData(body))}");
    }
}
