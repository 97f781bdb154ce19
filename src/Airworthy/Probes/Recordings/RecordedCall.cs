using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Airworthy.Probes.Recordings;

/// <summary>One recorded call of a method or request to a service, as docs/formats/recording.md describes it.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Id">Which it is: like calls of one build have one id.</param>
/// <param name="Time">When the call began.</param>
/// <param name="Service">The service that ran it.</param>
/// <param name="Revision">The commit it was built from; empty when not known.</param>
/// <param name="Assembly">The simple name of the assembly.</param>
/// <param name="Unit">The documentation-comment id of the method or constructor; of a request its route, as <c>POST /orders/{id}/refunds</c>.</param>
/// <param name="Culture">The culture's name; empty for the invariant one.</param>
/// <param name="Trace">The W3C trace id; null outside of a trace.</param>
/// <param name="Lines">The first lines of the method's watched statements that the call ran.</param>
/// <param name="Exception">The type of the exception that left it; null when it returned.</param>
public sealed record RecordedCall(
    RecordingKind Kind,
    Guid Id,
    DateTimeOffset Time,
    string Service,
    string Revision,
    string Assembly,
    string Unit,
    string Culture,
    string? Trace,
    ImmutableArray<int> Lines,
    string? Exception)
{
    /// <summary>Which lambda or local function of the method it is; null for the method itself.</summary>
    public RecordedPart? Part { get; init; }

    /// <summary>The whole document.</summary>
    [JsonIgnore]
    public JsonElement Document { get; init; }

    /// <summary>The arguments in order, with their names; none of a request.</summary>
    [JsonIgnore]
    public IEnumerable<(string Name, JsonElement Value)> Arguments => Kind == RecordingKind.Http ? [] :
        Document.GetProperty("arguments").EnumerateArray().Select(argument => (argument.GetProperty("name").GetString() ?? "", argument.GetProperty("value")));

    /// <summary>Reads a document; null when it is not of the form.</summary>
    public static RecordedCall? Read(JsonElement document)
    {
        try
        {
            var kind = Text("kind") switch { "method" => RecordingKind.Method, "http" => RecordingKind.Http, _ => throw new FormatException() };
            return new RecordedCall(
                kind,
                document.GetProperty("id").GetGuid(),
                document.GetProperty("time").GetDateTimeOffset(),
                Text("service"),
                Text("revision"),
                Text("assembly"),
                Text(kind == RecordingKind.Http ? "route" : "unit"),
                Text("culture"),
                document.TryGetProperty("trace", out _) ? Text("trace") : null,
                kind == RecordingKind.Http ? [] : [.. document.GetProperty("lines").EnumerateArray().Select(line => line.GetInt32())],
                document.TryGetProperty("exception", out var exception) ? exception.GetProperty("type").GetString() : null)
            {
                Part = document.TryGetProperty("part", out var part) ? RecordedPart.Read(part) : null,
                Document = IsWhole(document, kind) ? document : throw new FormatException(),
            };
        }
        catch (Exception wrong) when (wrong is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }

        string Text(string name) => document.GetProperty(name).GetString() ?? "";
    }

    private static bool IsWhole(JsonElement document, RecordingKind kind) => kind == RecordingKind.Http
        ? RecordedRequest.IsOne(document)
        : document.GetProperty("arguments").EnumerateArray().All(argument => argument.TryGetProperty("name", out _) && argument.TryGetProperty("value", out _));
}
