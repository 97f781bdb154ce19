using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Airworthy.Code;
using Airworthy.Probes.Recordings;

namespace Airworthy.Probes.Replay;

/// <summary>
/// Writes xUnit tests of recorded requests: the application is hosted in the test by <c>WebApplicationFactory</c>, its outward calls are answered from the
/// recording, and its clock shows the time of it.
/// </summary>
internal static class RequestTests
{
    private const string Support = "RecordedService";

    /// <summary>Requests that a test makes before its own.</summary>
    private const int MostBefore = 16;

    /// <summary>The files of the tests, and the requests of which none could be written.</summary>
    /// <param name="requests">The recorded requests.</param>
    /// <param name="expected">What they are to come to; null for the status and the form of what was recorded.</param>
    /// <param name="application">The built application.</param>
    /// <param name="space">The namespace of the tests.</param>
    public static (IEnumerable<KeyValuePair<string, string>> Files, ImmutableArray<(RecordedCall Call, string Reason)> Missing) Of(
        IReadOnlyList<RecordedCall> requests, ExpectedOutcomes? expected, string application, string space)
    {
        if (requests.Count == 0)
        {
            return ([], []);
        }

        if (PublicType.Of(application) is not { } entry)
        {
            return ([], [.. requests.Select(request => (request, "the application has no public class that a test could name; add 'public partial class Program;'"))]);
        }

        ImmutableArray<(RecordedCall Call, string Reason)> missing =
            [.. requests.Select(request => (request, WhyNot(request, expected))).Where(one => one.Item2 is not null).Select(one => (one.request, one.Item2!))];
        var written = requests.Except(missing.Select(one => one.Call)).GroupBy(ClassOf, StringComparer.Ordinal).ToList();
        if (written.Count == 0)
        {
            return ([], missing);
        }

        var files = written.Select(group => KeyValuePair.Create(group.Key + ".cs", FileText(group.Key, space, entry, group.Select(request => Test(request, Before(request, requests), expected)))));
        return ([.. files, KeyValuePair.Create(Support + ".cs", SupportText().Replace("$space$", space, StringComparison.Ordinal))], missing);
    }

    private static string? WhyNot(RecordedCall request, ExpectedOutcomes? expected)
    {
        var body = RecordedRequest.Of(request).Body;
        return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("$unrecorded", out var reason) ? $"its body was not recorded: {reason.GetString()}"
            : expected is not null && !expected.Outcomes.ContainsKey(request.Id) ? "the replay has no outcome of it" : null;
    }

    /// <summary>The route, as one name.</summary>
    private static string ClassOf(RecordedCall request) =>
        string.Concat(request.Unit.Split([' ', '/', '{', '}', '-', ':', '.', '?'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => CSharpText.Word(word.ToLowerInvariant()))
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Recordings";

    private static string FileText(string name, string space, string entry, IEnumerable<string> tests) =>
        $$"""
        // Written by 'airworthy recordings to-tests' from requests that were made in production; yours to change.
        #nullable disable
        #pragma warning disable xUnit1051
        using System.Net.Http;
        using System.Text;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc.Testing;
        using Xunit;

        namespace {{space}};

        public sealed class {{name}}(WebApplicationFactory<global::{{entry}}> factory) : IClassFixture<WebApplicationFactory<global::{{entry}}>>
        {
        {{string.Join('\n', tests)}}}

        """;

    /// <summary>What was done to the same resource before: without it the answer would be another.</summary>
    internal static IEnumerable<RecordedRequest> Before(RecordedCall recording, IReadOnlyList<RecordedCall> all)
    {
        var resource = Resource(RecordedRequest.Of(recording));
        return all.Where(one => one.Time < recording.Time)
            .OrderBy(one => one.Time)
            .Select(RecordedRequest.Of)
            .Where(one => one.Method is not ("GET" or "HEAD" or "OPTIONS") && Resource(one) == resource && (one.Body.ValueKind != JsonValueKind.Object || !one.Body.TryGetProperty("$unrecorded", out _)))
            .TakeLast(MostBefore);
    }

    private static string Resource(RecordedRequest request) => request.Target.Split('/', '?')[1];

    private static string Text(JsonElement body) =>
        body.ValueKind != JsonValueKind.Object ? "" : body.TryGetProperty("json", out var json) ? json.GetRawText() : body.GetProperty("text").GetString() ?? "";

    private static string Test(RecordedCall recording, IEnumerable<RecordedRequest> before, ExpectedOutcomes? expected)
    {
        var request = RecordedRequest.Of(recording);
        var outcome = expected is null ? default(JsonElement?) : expected.Outcomes[recording.Id];
        var status = outcome is { } told && told.TryGetProperty("status", out var now) ? now.GetInt32() : request.Status;
        var text = new StringBuilder();
        var held = expected is null ? "" : $"; held to what {expected.Head} answers";
        Line(1, $"// Recorded {recording.Time.ToString("u", CultureInfo.InvariantCulture)} from {CSharpText.Comment(recording.Service)} at {CSharpText.Comment(recording.Revision)}{CSharpText.Comment(held)}");
        Line(1, "[Fact]");
        Line(1, $"public async Task Answers_{status.ToString(CultureInfo.InvariantCulture)}{(recording.Culture.Length > 0 ? "_in_" + Name(recording.Culture) : "")}_{recording.Id.ToString("N")[..8]}()");
        Line(1, "{");
        Line(2, $"using var client = {Support}.Client(factory, {CSharpText.Literal(recording.Time.ToString("O", CultureInfo.InvariantCulture))}, {CSharpText.Literal(Outward(recording))});");
        foreach (var earlier in before)
        {
            var type = earlier.Headers.FirstOrDefault(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value ?? "";
            Line(2, $"await {Support}.SendAsync(client, {CSharpText.Literal(earlier.Method)}, {CSharpText.Literal(earlier.Target)}, {CSharpText.Literal(type)}, {CSharpText.Literal(Text(earlier.Body))});");
        }

        Line(2, $"using var request = new HttpRequestMessage(new HttpMethod({CSharpText.Literal(request.Method)}), {CSharpText.Literal(request.Target)});");
        if (request.Body.ValueKind == JsonValueKind.Object)
        {
            Line(2, $"request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes({CSharpText.Literal(Text(request.Body))}));");
        }

        foreach (var (name, value) in request.Headers)
        {
            var target = name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? request.Body.ValueKind == JsonValueKind.Object ? "request.Content" : null : "request";
            if (target is not null)
            {
                Line(2, $"{target}.Headers.TryAddWithoutValidation({CSharpText.Literal(name)}, {CSharpText.Literal(value)});");
            }
        }

        Line(0, "");
        if (expected is null && recording.Exception is { } thrown)
        {
            Line(2, $"// In production this left the application: {CSharpText.Comment(thrown)}");
            Line(2, "await Assert.ThrowsAnyAsync<global::System.Exception>(() => client.SendAsync(request));");
        }
        else
        {
            Line(2, "using var answer = await client.SendAsync(request);");
            Line(0, "");
            Line(2, $"Assert.Equal({status.ToString(CultureInfo.InvariantCulture)}, (int)answer.StatusCode);");
            if (Body(recording, request, outcome, expected) is { } assertion)
            {
                Line(2, assertion);
            }
        }

        Line(1, "}");
        return text.ToString();

        void Line(int depth, string line) => text.Append(' ', line.Length == 0 ? 0 : depth * 4).Append(line).Append('\n');
    }

    /// <summary>Of a replay the values are known to stay, but for those that do not; of a recording only which there are.</summary>
    private static string? Body(RecordedCall recording, RecordedRequest request, JsonElement? outcome, ExpectedOutcomes? expected)
    {
        const string given = "await answer.Content.ReadAsStringAsync()";
        if (outcome is null)
        {
            return request.Answer.ValueKind == JsonValueKind.Object && request.Answer.TryGetProperty("json", out var recorded)
                ? $"{Support}.HasForm({CSharpText.Literal(recorded.GetRawText())}, {given});" : null;
        }

        if (!outcome.Value.TryGetProperty("body", out var body) || expected!.Unstable[recording.Id].Contains("body", StringComparer.Ordinal))
        {
            return null;
        }

        if (body.ValueKind == JsonValueKind.String)
        {
            return body.GetString()!.StartsWith("sha256 ", StringComparison.Ordinal) ? null : $"Assert.Equal({CSharpText.Literal(body.GetString()!)}, {given});";
        }

        var unstable = expected!.Unstable[recording.Id].Where(place => place.StartsWith("body", StringComparison.Ordinal)).Select(place => ", " + CSharpText.Literal(place["body".Length..].TrimStart('.')));
        return $"{Support}.Holds({CSharpText.Literal(body.GetRawText())}, {given}{string.Concat(unstable)});";
    }

    private static string Outward(RecordedCall recording) => recording.Document.TryGetProperty("outward", out var outward) ? outward.GetRawText() : "[]";

    private static string Name(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string SupportText()
    {
        using var stream = typeof(RequestTests).Assembly.GetManifestResourceStream(Support + ".txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
