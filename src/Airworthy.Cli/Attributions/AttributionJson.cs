using System.Text.Json;
using Airworthy.Cli.Commands;
using Airworthy.Model;

namespace Airworthy.Cli.Attributions;

/// <summary>An attribution as JSON. The format is promised: docs/work-an-incident.md.</summary>
internal static class AttributionJson
{
    public static async Task WriteAsync(Attribution answer, Terminal terminal, CancellationToken cancel)
    {
        await using (var json = new Utf8JsonWriter(terminal.Out, ProvenanceJson.Line with { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("verdict", AttributionWords.Of(answer.Verdict));
            json.WriteString("reason", ProvenanceJson.Text(answer.Reason));
            json.WriteNumber("confidence", Math.Round(answer.Confidence, 4));
            WriteRevision(json, answer.Revision);
            json.WriteStartArray("frames");
            foreach (var frame in answer.Frames)
            {
                WriteFrame(json, frame);
            }

            json.WriteEndArray();
            json.WriteStartArray("suspects");
            foreach (var suspect in answer.Suspects)
            {
                WriteSuspect(json, suspect);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await terminal.Out.WriteAsync("\n"u8.ToArray(), cancel);
        await terminal.Out.FlushAsync(cancel);
    }

    private static void WriteRevision(Utf8JsonWriter json, DeployedRevision revision)
    {
        json.WriteStartObject("revision");
        json.WriteString("sha", revision.Commit?.Hex);
        json.WriteString("source", revision.Source is { } source ? AttributionWords.Of(source) : null);
        json.WriteBoolean("degraded", revision.Degraded);
        json.WriteEndObject();
    }

    private static void WriteFrame(Utf8JsonWriter json, ResolvedFrame frame)
    {
        json.WriteStartObject();
        json.WriteString("symbol", ProvenanceJson.Text(frame.Frame.Symbol));
        json.WriteString("file", ProvenanceJson.Text(frame.Frame.File));
        WriteNumber(json, "line", frame.Line ?? frame.Frame.Line);
        if (frame.Path is { } path)
        {
            json.WritePath("path", path);
        }
        else
        {
            json.WriteNull("path");
        }

        json.WriteString("unit", ProvenanceJson.Text(frame.Unit?.Symbol));
        json.WriteBoolean("inApp", frame.InApp);
        json.WriteEndObject();
    }

    private static void WriteSuspect(Utf8JsonWriter json, Suspect suspect)
    {
        json.WriteStartObject();
        json.WriteString("sha", suspect.Commit.Hex);
        json.WriteString("change", suspect.Change?.Value);
        json.WriteString("role", AttributionWords.Of(suspect.Role));
        json.WriteNumber("score", Math.Round(suspect.Score, 4));
        json.WriteString("proof", suspect.Proof);
        json.WriteStartArray("reasons");
        foreach (var reason in suspect.Reasons)
        {
            json.WriteStringValue(ProvenanceJson.Text(reason));
        }

        json.WriteEndArray();
        json.WriteString("authorship", ProvenanceJson.Word(suspect.Authorship.Kind));
        json.WriteAgents(suspect.Authorship.Agents);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
