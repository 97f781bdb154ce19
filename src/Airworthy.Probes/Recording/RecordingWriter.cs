using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Airworthy.Probes.Recording;

/// <summary>Writes one call as one JSON document of the format that docs/formats/recording.md describes.</summary>
[RequiresUnreferencedCode("Recordings read fields by reflection.")]
internal sealed class RecordingWriter(TimeProvider time, RecordingLimits limits)
{
    public const int Version = 1;

    /// <summary>The document, with the culture and the trace of the calling thread.</summary>
    public byte[] Write(Guid id, RecordedCall call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var graph = new GraphWriter(json, new Redactor(), limits);
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("kind", "method");
            json.WriteString("id", id);
            json.WriteString("time", time.GetUtcNow());
            json.WriteString("service", call.Service);
            json.WriteString("revision", call.Revision);
            json.WriteString("unit", call.Unit);
            json.WriteString("culture", CultureInfo.CurrentCulture.Name);
            if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            {
                json.WriteString("trace", activity.TraceId.ToHexString());
            }

            WriteCall(json, graph, call);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteCall(Utf8JsonWriter json, GraphWriter graph, RecordedCall call)
    {
        json.WriteStartArray("arguments");
        foreach (var (name, value) in call.Arguments)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WritePropertyName("value");
            graph.Write(name, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (call.Receiver is { } receiver)
        {
            json.WritePropertyName("receiver");
            graph.Write("receiver", receiver);
        }

        if (call.Thrown is { } thrown)
        {
            json.WriteStartObject("exception");
            json.WriteString("type", thrown.GetType().FullName);
            json.WriteEndObject();
        }
        else
        {
            json.WritePropertyName("result");
            graph.Write("result", call.Result);
        }
    }
}
