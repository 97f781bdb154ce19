using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Airworthy.Verification.Findings;

/// <summary>
/// SARIF 2.1.0 of any analyzer. Results that say "this is fine" (<c>kind</c>), that a person suppressed, or that name no file are passed over.
/// See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
/// </summary>
internal static class SarifReader
{
    private const int MaxResults = 1_000_000;
    private const int MaxChars = 1_000;

    /// <summary>The results, and how many name no file.</summary>
    public static (List<SarifResult> Results, int Placeless) Read(ReportFile file)
    {
        if (!file.Start().StartsWith('{'))
        {
            throw file.Refused("is no SARIF log: it does not start with '{'");
        }

        var (results, placeless) = (new List<SarifResult>(), 0);
        file.ReadJson(root =>
        {
            if (!root.TryGetProperty("runs", out var runs) || runs.ValueKind != JsonValueKind.Array)
            {
                throw file.Refused("is no SARIF log: it has no 'runs'");
            }

            if (Text(root, "version") is { } version && version != "2.1.0")
            {
                throw file.Refused($"is SARIF {version[..Math.Min(20, version.Length)]}; 2.1.0 is read: have the analyzer write that");
            }

            foreach (var run in runs.EnumerateArray())
            {
                var reader = new Run(run);
                foreach (var result in Items(run, "results"))
                {
                    if (results.Count == MaxResults)
                    {
                        throw file.Refused($"holds more than {MaxResults:N0} results");
                    }

                    if (reader.Read(result) is not { } read)
                    {
                        continue;
                    }

                    if (read.File.Length == 0 || read.Start <= 0)
                    {
                        placeless++;
                    }
                    else
                    {
                        results.Add(read);
                    }
                }
            }
        });
        return (results, placeless);
    }

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : [];

    private static JsonElement Part(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var part) ? part : default;

    private static string? Text(JsonElement of, string name) => Part(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int Whole(JsonElement of, string name) =>
        Part(of, name) is { ValueKind: JsonValueKind.Number } number ? (int)Math.Clamp(number.GetDouble(), 0, int.MaxValue) : 0;

    /// <summary>One run of an analyzer, with what its results refer to.</summary>
    private sealed class Run
    {
        private readonly string _tool;
        private readonly JsonElement[] _rules;
        private readonly Dictionary<string, JsonElement> _byId = new(StringComparer.Ordinal);
        private readonly JsonElement[] _artifacts;
        private readonly JsonElement _bases;

        public Run(JsonElement run)
        {
            var driver = Part(Part(run, "tool"), "driver");
            _tool = Cut(Text(driver, "name") ?? "analyzer");
            _rules = [.. Items(driver, "rules")];
            _artifacts = [.. Items(run, "artifacts")];
            _bases = Part(run, "originalUriBaseIds");
            foreach (var rule in _rules.Concat(Items(Part(run, "tool"), "extensions").SelectMany(extension => Items(extension, "rules"))))
            {
                if (Text(rule, "id") is { } id)
                {
                    _byId.TryAdd(id, rule);
                }
            }
        }

        /// <summary>A result; null for one that finds nothing wrong, or that a person suppressed.</summary>
        public SarifResult? Read(JsonElement result)
        {
            if (Text(result, "kind") is { } kind && kind is not "fail" and not "review"
                || Items(result, "suppressions").Any(suppression => Text(suppression, "status") is null or "accepted"))
            {
                return null;
            }

            var rule = Rule(result);
            var id = Text(result, "ruleId") ?? Text(Part(result, "rule"), "id") ?? Text(rule, "id") ?? "";
            var place = Part(Items(result, "locations").FirstOrDefault(), "physicalLocation");
            var region = Part(place, "region");
            var start = Whole(region, "startLine");
            return Level(result, rule) is not { } level ? null : new SarifResult(
                _tool,
                Cut(id),
                level,
                Cut(Message(result, rule)),
                File(Part(place, "artifactLocation")),
                start,
                Math.Max(start, Whole(region, "endLine")),
                [.. Prints(result, "fingerprints"), .. Prints(result, "partialFingerprints")],
                Text(result, "baselineState") is "unchanged" or "absent");
        }

        private JsonElement Rule(JsonElement result)
        {
            var index = Part(result, "ruleIndex") is { ValueKind: JsonValueKind.Number } told ? told : Part(Part(result, "rule"), "index");
            if (index.ValueKind == JsonValueKind.Number && index.TryGetInt32(out var at) && at >= 0 && at < _rules.Length)
            {
                return _rules[at];
            }

            // 'CA1001/1' is a rule below 'CA1001'.
            var id = Text(result, "ruleId") ?? Text(Part(result, "rule"), "id") ?? "";
            return _byId.TryGetValue(id, out var rule) || _byId.TryGetValue(id.Split('/')[0], out rule) ? rule : default;
        }

        private static FindingLevel? Level(JsonElement result, JsonElement rule) =>
            (Text(result, "level") ?? Text(Part(rule, "defaultConfiguration"), "level") ?? "warning") switch
            {
                "error" => FindingLevel.Error,
                "warning" => FindingLevel.Warning,
                "note" => FindingLevel.Note,
                _ => null,
            };

        private static string Message(JsonElement result, JsonElement rule)
        {
            var message = Part(result, "message");
            var text = Text(message, "text")
                ?? (Text(message, "id") is { } id ? Text(Part(Part(rule, "messageStrings"), id), "text") : null)
                ?? Text(Part(rule, "shortDescription"), "text")
                ?? "";
            var number = 0;
            foreach (var argument in Items(message, "arguments").Take(20))
            {
                text = text.Replace(string.Create(CultureInfo.InvariantCulture, $"{{{number++}}}"), argument.ToString(), StringComparison.Ordinal);
            }

            return text.ReplaceLineEndings(" ").Trim();
        }

        private string File(JsonElement location)
        {
            if (Text(location, "uri") is null && Part(location, "index") is { ValueKind: JsonValueKind.Number } index
                && index.TryGetInt32(out var at) && at >= 0 && at < _artifacts.Length)
            {
                location = Part(_artifacts[at], "location");
            }

            if (Text(location, "uri") is not { Length: > 0 } uri)
            {
                return "";
            }

            var path = Uri.UnescapeDataString(uri);
            var isWhole = path[0] == '/' || path.Contains("://", StringComparison.Ordinal) || (path.Length > 1 && path[1] == ':');
            return !isWhole && Text(location, "uriBaseId") is { } baseId && Text(Part(_bases, baseId), "uri") is { Length: > 0 } root
                ? $"{Uri.UnescapeDataString(root).TrimEnd('/')}/{path}"
                : path;
        }

        private static ImmutableArray<string> Prints(JsonElement result, string name) => Part(result, name) is { ValueKind: JsonValueKind.Object } prints
            ? [.. prints.EnumerateObject().Take(20).Where(print => print.Value.ValueKind == JsonValueKind.String).Select(print => $"{print.Name}={Cut(print.Value.GetString()!)}")]
            : [];

        private static string Cut(string text) => text.Length <= MaxChars ? text : text[..MaxChars];
    }
}
