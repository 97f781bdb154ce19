using System.Text.Json;
using Airworthy.Model;
using Airworthy.Probes.Recordings;

namespace Airworthy.Probes.Replay;

/// <summary>
/// What recorded calls are to come to: what the head of a replay made of them, in place of what was recorded. A test of a call that failed in production is to
/// hold the mended code, not the failure.
/// </summary>
/// <param name="Head">The revision whose outcomes they are.</param>
/// <param name="Outcomes">By recording.</param>
/// <param name="Unstable">By recording, the places that differ from run to run.</param>
public sealed record ExpectedOutcomes(string Head, IReadOnlyDictionary<Guid, JsonElement> Outcomes, ILookup<Guid, string> Unstable)
{
    /// <summary>Reads the report that <c>airworthy replay --report</c> wrote.</summary>
    /// <exception cref="ProbeException">It is none.</exception>
    public static ExpectedOutcomes Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var outcomes = document.RootElement.GetProperty("calls").EnumerateArray()
                .Where(call => call.GetProperty("head").GetProperty("outcome").ValueKind == JsonValueKind.Object)
                .ToDictionary(call => call.GetProperty("recording").GetProperty("id").GetGuid(), call => call.GetProperty("head").GetProperty("outcome").Clone());
            var unstable = document.RootElement.GetProperty("calls").EnumerateArray()
                .SelectMany(call => call.TryGetProperty("unstable", out var places)
                    ? places.EnumerateArray().Select(place => (Id: call.GetProperty("recording").GetProperty("id").GetGuid(), Place: place.GetString()!))
                    : [])
                .ToLookup(one => one.Id, one => one.Place);
            return new ExpectedOutcomes(document.RootElement.GetProperty("head").GetString()!, outcomes, unstable);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new ProbeException(Fault.BadInput, $"'{file}' can't be read: {unreadable.Message}", unreadable);
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ProbeException(Fault.BadInput, $"'{file}' is not a report of a replay; write one with 'airworthy replay … --report FILE'", wrong);
        }
    }

    /// <summary>The recording with the outcome that is expected; null when the replay had none.</summary>
    public JsonElement? Of(RecordedCall call)
    {
        if (!Outcomes.TryGetValue(call.Id, out var outcome))
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var property in call.Document.EnumerateObject().Where(property => property.Name is not ("result" or "exception")))
            {
                property.WriteTo(json);
            }

            foreach (var property in outcome.EnumerateObject().Where(property => property.Name is "result" or "exception"))
            {
                property.WriteTo(json);
            }

            json.WriteString("expectedOf", Head);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }
}
