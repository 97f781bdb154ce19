using System.Text.Json;

namespace Airworthy.Probes.Recordings;

/// <summary>What was asked of a service, and what it answered.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Those that were kept.</param>
/// <param name="Body">What was sent: null, <c>{json}</c>, <c>{text}</c> or why it was left out.</param>
/// <param name="Status">What was answered.</param>
/// <param name="Answer">The body of the answer, likewise.</param>
public sealed record RecordedRequest(
    string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, JsonElement Body, int Status, JsonElement Answer)
{
    /// <summary>The request of a recording of kind <see cref="RecordingKind.Http"/>.</summary>
    public static RecordedRequest Of(RecordedCall recording) => Of(recording.Document);

    /// <summary>Whether a document has all of it.</summary>
    internal static bool IsOne(JsonElement document)
    {
        var one = Of(document);
        return one.Target.StartsWith('/') && one.Method.Length > 0 && one.Method.All(char.IsAsciiLetter);
    }

    private static RecordedRequest Of(JsonElement document)
    {
        var (request, response) = (document.GetProperty("request"), document.GetProperty("response"));
        return new RecordedRequest(
            request.GetProperty("method").GetString() ?? "",
            request.GetProperty("target").GetString() ?? "",
            [.. request.GetProperty("headers").EnumerateObject().Select(header => KeyValuePair.Create(header.Name, header.Value.GetString() ?? ""))],
            request.GetProperty("body"),
            response.GetProperty("status").GetInt32(),
            response.GetProperty("body"));
    }
}
