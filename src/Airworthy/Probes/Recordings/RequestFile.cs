using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Airworthy.Model;
using Airworthy.Probes.Recording;

namespace Airworthy.Probes.Recordings;

/// <summary>
/// A request as a <c>.http</c> file, which editors (Visual Studio, Rider, REST Client of VS Code) and command lines send again. Such files act on more than they
/// show: <c>{{…}}</c> is filled in, also from the environment, a line that begins with <c>&lt;</c> reads a file or runs a script. What came from production is
/// written so that nothing of it acts, or left out and told.
/// </summary>
/// <param name="Text">The file.</param>
/// <param name="Missing">What a person must still bring; empty when it can be sent as it is.</param>
public sealed partial record RequestFile(string Text, ImmutableArray<string> Missing)
{
    private const int LongestComment = 300;

    /// <summary>A recorded request, what was done to the same resource before it first. Secrets are masked once more: those of other names, or recorded by older rules.</summary>
    /// <param name="request">The request.</param>
    /// <param name="before">Requests to be sent before, in order.</param>
    /// <param name="title">What it is, for people.</param>
    /// <param name="rules">One's own rules, as <c>AIRWORTHY_REDACT</c> has them.</param>
    /// <exception cref="ProbeException">A rule is none.</exception>
    public static RequestFile Of(RecordedCall request, IEnumerable<RecordedRequest> before, string title, string rules)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(before);
        var missing = ImmutableArray.CreateBuilder<string>();
        var redactor = new Redactor(RecordingPreview.Parse(rules));
        var text = Head(title);
        Comment(text, $"recorded {request.Time.ToString("u", CultureInfo.InvariantCulture)} of {request.Service} at {request.Revision}, culture {(request.Culture.Length == 0 ? "invariant" : request.Culture)}");
        Comment(text, "secrets are masked in their shape; cookies and Authorization are never recorded: add your own where it asks for them");
        text.Append("\n@host = http://127.0.0.1:5000\n");
        foreach (var earlier in before)
        {
            Append(text, "before it", earlier, redactor, missing);
        }

        var one = RecordedRequest.Of(request);
        Append(text, $"was answered {one.Status.ToString(CultureInfo.InvariantCulture)}{(request.Exception is { } thrown ? $", {thrown} thrown" : "")}", one, redactor, missing);
        return new RequestFile(text.ToString(), missing.ToImmutable());
    }

    /// <summary>What is known of a request that was not recorded: its method and its route, which telemetry tells as <c>POST /orders/{id}</c>.</summary>
    /// <returns>The file with what is missing; null when <paramref name="operation"/> is no request.</returns>
    public static RequestFile? Skeleton(string operation, string title)
    {
        if (Operation().Match(operation) is not { Success: true } match)
        {
            return null;
        }

        var text = Head(title);
        text.Append("\n@host = http://127.0.0.1:5000\n");
        var names = new List<string>();
        var target = Parameter().Replace(match.Groups["path"].Value, parameter =>
        {
            names.Add(parameter.Groups["name"].Value);
            return $"{{{{{parameter.Groups["name"].Value}}}}}";
        });
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"@{name} = MISSING\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n###\n{match.Groups["method"].Value} {{{{host}}}}{target}\n");
        return new RequestFile(
            text.ToString(),
            [
                .. names.Count > 0 ? [$"the values of {string.Join(", ", names.Distinct(StringComparer.Ordinal))}"] : Array.Empty<string>(),
                "its query, headers and body: the request was not recorded; see docs/recordings.md",
            ]);
    }

    private static StringBuilder Head(string title)
    {
        var text = new StringBuilder();
        Comment(text, title);
        Comment(text, "send it to a service of yours, never to production");
        return text;
    }

    private static void Append(StringBuilder text, string title, RecordedRequest request, Redactor redactor, ImmutableArray<string>.Builder missing)
    {
        text.Append("\n### ").Append(Inert(title)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{request.Method} {{{{host}}}}{Target(HttpParts.Redacted(request.Target, redactor))}\n");
        foreach (var (name, value) in request.Headers.Where(header => !header.Key.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)))
        {
            var kept = redactor.IsSecretName(name) ? redactor.Mask(value, "name") : redactor.Text(value);
            if (HeaderName().IsMatch(name) && !kept.Any(char.IsControl) && !kept.Contains("{{", StringComparison.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}: {kept}\n");
            }
            else
            {
                missing.Add($"the header {InertText.Line(name, 60)}: it holds what a .http file acts on");
            }
        }

        if (request.Body.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (request.Body.TryGetProperty("json", out var json))
        {
            text.Append('\n').Append(Json(json, redactor)).Append('\n');
        }
        else if (request.Body.TryGetProperty("text", out var told) && told.GetString() is { } body && Masked(body, request, redactor) is var plain && IsInert(plain))
        {
            text.Append('\n').Append(plain).Append('\n');
        }
        else
        {
            missing.Add($"the body of {request.Method} {InertText.Line(request.Target, 100)}: "
                + (request.Body.TryGetProperty("$unrecorded", out var reason) ? $"it was not recorded ({reason.GetString()})" : "it holds what a .http file acts on"));
        }
    }

    private static string Masked(string body, RecordedRequest request, Redactor redactor) =>
        request.Headers.Any(header => header.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) && header.Value.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            ? HttpParts.Redacted($"?{body}", redactor)[1..]
            : redactor.Text(body);

    /// <summary>JSON on one line. Two braces can only stand in one of its texts, where they mean the same escaped.</summary>
    private static string Json(JsonElement value, Redactor redactor)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            RedactedJson.Write(json, value, redactor);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()).Replace("{{", "\\u007B\\u007B", StringComparison.Ordinal);
    }

    /// <summary>Path and query without a space or a brace that stands for itself.</summary>
    private static string Target(string target) => string.Concat(target.Select(c => c is '{' or '}' or ' ' || char.IsControl(c) ? Uri.HexEscape(c) : c.ToString()));

    private static bool IsInert(string body) =>
        !body.Contains("{{", StringComparison.Ordinal)
        && body.Split('\n', '\r').All(line => !line.StartsWith("###", StringComparison.Ordinal) && !line.StartsWith('<') && !line.StartsWith('>') && !line.StartsWith('@') && !line.StartsWith('#') && !line.StartsWith("//", StringComparison.Ordinal));

    private static void Comment(StringBuilder text, string line) => text.Append("# ").Append(Inert(line)).Append('\n');

    /// <summary>One line in which no name of a setting (<c># @name</c>) and no variable is read.</summary>
    private static string Inert(string line) => InertText.Line(line, LongestComment).Replace('@', '＠').Replace("{{", "｛｛", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<method>[A-Z]{3,10}) (?<path>/[A-Za-z0-9_.~%/:{}=*?+-]{0,500})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Operation();

    [GeneratedRegex(@"\{\*{0,2}(?<name>[A-Za-z_][A-Za-z0-9_]{0,40})[^{}/]{0,100}\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$", RegexOptions.NonBacktracking)]
    private static partial Regex HeaderName();
}
