using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Airworthy.Probes.Recording;

/// <summary>
/// One call as one JSON document of the format that docs/formats/recording.md describes. Arguments and receiver are written as they are when the
/// call begins: the call itself may change them.
/// </summary>
[RequiresUnreferencedCode("Recordings read fields by reflection.")]
internal sealed class CallDocument
{
    public const int Version = 1;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private readonly Redactor _redactor;
    private readonly RecordingLimits _limits;

    public CallDocument(RecordedMethod method, object? receiver, ReadOnlySpan<object?> arguments, ReadOnlySpan<Type> types, DateTimeOffset time, Redactor redactor, RecordingLimits limits)
    {
        (_json, _redactor, _limits) = (new Utf8JsonWriter(_buffer), redactor, limits);
        Culture = CultureInfo.CurrentCulture.Name;
        _json.WriteStartObject();
        _json.WriteNumber("version", Version);
        _json.WriteString("kind", "method");
        _json.WriteString("time", time);
        _json.WriteString("service", method.Service);
        _json.WriteString("revision", method.Revision);
        _json.WriteString("assembly", method.Assembly);
        _json.WriteString("unit", method.Unit);
        if (method.Part.Length > 0)
        {
            _json.WriteStartObject("part");
            _json.WriteString("name", method.Part);
            _json.WriteNumber("ordinal", method.Ordinal);
            _json.WriteNumber("of", method.Of);
            _json.WriteEndObject();
        }

        if (!types.IsEmpty)
        {
            _json.WriteStartArray("types");
            foreach (var type in types)
            {
                WriteType(type);
            }

            _json.WriteEndArray();
        }

        _json.WriteString("culture", Culture);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            _json.WriteString("trace", activity.TraceId.ToHexString());
        }

        WriteMessage();

        var graph = new GraphWriter(_json, redactor, limits);
        _json.WriteStartArray("arguments");
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = i < method.Parameters.Length ? method.Parameters[i] : "";
            _json.WriteStartObject();
            _json.WriteString("name", name);
            _json.WritePropertyName("value");
            graph.Write(name, arguments[i]);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        if (receiver is not null)
        {
            _json.WritePropertyName("receiver");
            graph.Write("receiver", receiver);
        }
    }

    /// <summary>The name of the culture the call began in.</summary>
    public string Culture { get; }

    /// <summary>The whole document, once it is known how the call ended.</summary>
    /// <param name="id">Which recording this is.</param>
    /// <param name="lines">The first lines of the method's watched statements that the call ran.</param>
    /// <param name="result">What it returned.</param>
    /// <param name="thrown">What left it, or null. Of it the type is recorded: a message is the app's own code.</param>
    /// <param name="outward">The calls over HTTP that it made.</param>
    public byte[] End(Guid id, IEnumerable<int> lines, object? result, Exception? thrown, OutwardLog outward)
    {
        _json.WriteString("id", id);
        outward.Write(_json, _redactor);
        _json.WriteStartArray("lines");
        foreach (var line in lines)
        {
            _json.WriteNumberValue(line);
        }

        _json.WriteEndArray();
        if (thrown is not null)
        {
            _json.WriteStartObject("exception");
            _json.WriteString("type", thrown.GetType().FullName);
            _json.WriteEndObject();
        }
        else
        {
            _json.WritePropertyName("result");
            new GraphWriter(_json, _redactor, _limits).Write("result", result);
        }

        _json.WriteEndObject();
        _json.Dispose();
        return _buffer.WrittenSpan.ToArray();
    }

    /// <summary>A type by its full name; one that is made of others as a list of its definition and them. Versions of assemblies are not told: they change.</summary>
    private void WriteType(Type type)
    {
        Type[] parts = type.IsSZArray ? [type.GetElementType()!] : type.IsConstructedGenericType ? type.GetGenericArguments() : [];
        if (parts.Length == 0)
        {
            _json.WriteStringValue(type.FullName);
            return;
        }

        _json.WriteStartArray();
        _json.WriteStringValue(type.IsSZArray ? "[]" : type.GetGenericTypeDefinition().FullName);
        foreach (var part in parts)
        {
            WriteType(part);
        }

        _json.WriteEndArray();
    }

    /// <summary>Of a call that handles a message: where the message came from, as the span of its processing says.</summary>
    private void WriteMessage()
    {
        var processing = Activity.Current;
        while (processing is not null && processing.Kind != ActivityKind.Consumer)
        {
            processing = processing.Parent;
        }

        if (processing is not null)
        {
            _json.WriteStartObject("message");
            _json.WriteString("system", processing.GetTagItem("messaging.system") as string);
            _json.WriteString("destination", processing.GetTagItem("messaging.destination.name") as string);
            _json.WriteEndObject();
        }
    }
}
