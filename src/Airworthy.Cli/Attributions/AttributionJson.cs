using System.Text.Json;
using Airworthy.Cli.Commands;
using Airworthy.Model;

namespace Airworthy.Cli.Attributions;

/// <summary>An attribution as JSON. The format is promised: docs/work-an-incident.md.</summary>
internal static class AttributionJson
{
    public static void Write(Attribution answer, Terminal terminal) => FigureJson.WriteAnswer(terminal.Out, answer, Write);

    private static void Write(Utf8JsonWriter json, Attribution answer)
    {
        json.WriteString("verdict", AttributionWords.Of(answer.Verdict));
        json.WriteString("reason", ProvenanceJson.Text(answer.Reason));
        json.WriteFigure("confidence", answer.Confidence);
        WriteRevision(json, answer.Revision);
        json.WriteObjects("frames", answer.Frames, WriteFrame);
        json.WriteObjects("suspects", answer.Suspects, WriteSuspect);
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
        json.WriteString("symbol", ProvenanceJson.Text(frame.Frame.Symbol));
        json.WriteString("file", ProvenanceJson.Text(frame.Frame.File));
        json.WriteFigure("line", frame.Line ?? frame.Frame.Line);
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
    }

    private static void WriteSuspect(Utf8JsonWriter json, Suspect suspect)
    {
        json.WriteString("sha", suspect.Commit.Hex);
        json.WriteString("change", suspect.Change?.Value);
        json.WriteString("role", AttributionWords.Of(suspect.Role));
        json.WriteFigure("score", suspect.Score);
        json.WriteString("proof", suspect.Proof);
        json.WriteStartArray("reasons");
        foreach (var reason in suspect.Reasons)
        {
            json.WriteStringValue(ProvenanceJson.Text(reason));
        }

        json.WriteEndArray();
        json.WriteObjects("features", suspect.Evidence, static (writer, evidence) =>
        {
            writer.WriteString("name", evidence.Feature);
            writer.WriteFigure("value", evidence.Value);
            writer.WriteFigure("logOdds", evidence.LogOdds);
        });
        json.WriteString("authorship", ProvenanceJson.Word(suspect.Authorship.Kind));
        json.WriteAgents(suspect.Authorship.Agents);
    }
}
