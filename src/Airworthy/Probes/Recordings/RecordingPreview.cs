using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Airworthy.Model;
using Airworthy.Probes.Recording;

namespace Airworthy.Probes.Recordings;

/// <summary>What a recording would keep of a text or of a JSON value, before anything is recorded.</summary>
/// <param name="Kept">What is kept.</param>
/// <param name="Taken">How many values each rule took out.</param>
public sealed record RecordingPreview(string Kept, ImmutableSortedDictionary<string, int> Taken)
{
    /// <summary>Takes out of <paramref name="text"/> what a recording would: of JSON by name and pattern, of other text by pattern.</summary>
    /// <param name="text">JSON or any other text.</param>
    /// <param name="rules">One's own rules, as <c>AIRWORTHY_REDACT</c> has them.</param>
    /// <exception cref="ProbeException">A rule is none.</exception>
    public static RecordingPreview Of(string text, string rules)
    {
        var redactor = new Redactor(Parse(rules));
        string kept;
        try
        {
            using var document = JsonDocument.Parse(text);
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
            {
                RedactedJson.Write(json, document.RootElement, redactor);
            }

            kept = Encoding.UTF8.GetString(buffer.ToArray());
        }
        catch (JsonException)
        {
            kept = redactor.Text(text);
        }

        return new RecordingPreview(kept, redactor.Counts.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    internal static RedactionRules Parse(string rules)
    {
        try
        {
            return RedactionRules.Parse(rules);
        }
        catch (FormatException wrong)
        {
            throw new ProbeException(Fault.Usage, wrong.Message, wrong);
        }
    }
}
