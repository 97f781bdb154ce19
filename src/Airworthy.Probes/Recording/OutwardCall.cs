using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Airworthy.Probes.Recording;

/// <summary>One call over HTTP that the app made while it was recorded, and what came back.</summary>
internal sealed class OutwardCall(Guid id, HttpRequestMessage request)
{
    /// <summary>By which the handler tells its calls apart.</summary>
    public Guid Id { get; } = id;

    // What a handler changes of the request later is not what the app asked for.
    private readonly string _method = request.Method.Method;
    private readonly Uri? _address = request.RequestUri;
    private readonly CopiedContent? _sent = request.Content as CopiedContent;
    private HttpResponseMessage? _answer;
    private CopiedContent? _received;
    private string? _failure;

    public void Answered(HttpResponseMessage answer)
    {
        _received = answer.Content as CopiedContent;
        Volatile.Write(ref _answer, answer);
    }

    public void Failed(string state) => _failure = state;

    /// <summary>What is special about it: where it went, and how it ended.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Of what passes over HTTP no field is read by reflection.")]
    public ulong Shape() => ValueShape.OfContent($"{_method} {_address?.Host} {(int?)Volatile.Read(ref _answer)?.StatusCode} {_failure}");

    public void Write(Utf8JsonWriter json, Redactor redactor)
    {
        json.WriteStartObject();
        json.WriteString("method", _method);
        json.WriteString("address", HttpParts.Redacted(_address?.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped) ?? "", redactor));
        HttpParts.WriteBody(json, _sent?.Headers.ContentType?.ToString(), contentEncoding: null, _sent?.Copy, redactor);
        if (Volatile.Read(ref _answer) is { } answer)
        {
            json.WriteStartObject("answer");
            json.WriteNumber("status", (int)answer.StatusCode);
            var headers = _received is null ? [] : _received.Headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));
            HttpParts.WriteHeaders(json, answer.Headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())).Concat(headers), redactor);
            HttpParts.WriteBody(
                json, _received?.Headers.ContentType?.ToString(), _received is null ? null : string.Join(',', _received.Headers.ContentEncoding), _received?.Copy, redactor);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("failed", _failure ?? "unfinished");
        }

        json.WriteEndObject();
    }
}
