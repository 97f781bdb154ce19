using System.Text.Json;

namespace Airworthy.Replay;

/// <summary>
/// One recorded call or request while it is replayed: its time, the outward calls that were recorded with it and those that are made now. It flows with the
/// call, over threads and awaits.
/// </summary>
internal sealed class ReplayScope
{
    private static readonly AsyncLocal<ReplayScope?> s_current = new();

    private readonly List<RecordedAnswer> _recorded;
    private readonly List<JsonElement> _made = [];

    public ReplayScope(JsonElement recording)
    {
        Time = recording.GetProperty("time").GetDateTimeOffset();
        _recorded = recording.TryGetProperty("outward", out var outward) ? [.. outward.EnumerateArray().Select(call => new RecordedAnswer(call))] : [];
    }

    public static ReplayScope? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>
    /// What the recording has for a call that is made now; null when nothing. Each answers once: the same address, else the same path at another host, else the
    /// same but for parts of the path that hold digits, which are ids.
    /// </summary>
    public RecordedAnswer? Take(string method, Uri address)
    {
        lock (_made)
        {
            var found = _recorded.Find(call => call.Closeness(method, address) == 3)
                ?? _recorded.Find(call => call.Closeness(method, address) == 2)
                ?? _recorded.Find(call => call.Closeness(method, address) == 1);
            if (found is not null)
            {
                _recorded.Remove(found);
            }

            return found;
        }
    }

    /// <summary>A call was made: what was asked is an outcome as much as what comes of it.</summary>
    public void Made(string method, Uri address, string contentType, byte[] body, bool isAnswered)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("method", method);
            json.WriteString("path", address.AbsolutePath);
            WriteBody(json, contentType, body);
            if (!isAnswered)
            {
                json.WriteBoolean("notInRecording", true);
            }

            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        lock (_made)
        {
            _made.Add(document.RootElement.Clone());
        }
    }

    /// <summary>Writes the value of <c>outward</c>; nothing when no call was made.</summary>
    public void Write(Utf8JsonWriter json)
    {
        lock (_made)
        {
            if (_made.Count == 0)
            {
                return;
            }

            json.WriteStartArray("outward");
            foreach (var call in _made)
            {
                call.WriteTo(json);
            }

            json.WriteEndArray();
        }
    }

    private static void WriteBody(Utf8JsonWriter json, string contentType, byte[] body)
    {
        if (body.Length == 0)
        {
            return;
        }

        if (contentType.Contains("json", StringComparison.OrdinalIgnoreCase))
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
                // Shown by its digest below.
            }
        }

        json.WriteString("body", Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(body)));
    }
}
