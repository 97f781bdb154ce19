using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Cli.Commands;

/// <summary>Writes what is known of a commit as one JSON object: docs/formats/show.md.</summary>
internal static class ShowJson
{
    public static void Write(Stream output, ShowReport report)
    {
        using (var json = new Utf8JsonWriter(output, ProvenanceJson.Line with { Indented = true }))
        {
            Write(json, report);
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, ShowReport report)
    {
        var commit = report.Commit;
        json.WriteStartObject();
        json.WriteString("repository", ProvenanceJson.Text(report.Repository));
        json.WriteString("sha", commit.Id.Hex);
        json.WriteString("subject", ProvenanceJson.Text(commit.Subject));
        json.WriteString("committedAt", commit.CommittedAt.UtcDateTime);
        json.WriteString("authorship", ProvenanceJson.Word(report.Authorship.Kind));
        json.WriteAgents(report.Authorship.Agents);
        json.WriteSignals("signals", report.Authorship.Signals);
        json.WriteConflicts(report.Authorship);
        WriteChange(json, report.Change);
        json.WriteString("revision", report.Revision.Hex);
        json.WriteBoolean("inHistory", report.Lines is not null);
        json.WriteBoolean("shallow", report.IsShallow);
        WriteLines(json, report.Lines);
        WritePrompts(json, report.Prompts);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, Change? change)
    {
        if (change is null)
        {
            json.WriteNull("change");
            return;
        }

        json.WriteStartObject("change");
        json.WriteString("id", change.Id.Value);
        json.WriteString("title", ProvenanceJson.Text(change.Title));
        json.WriteString("landed", change.Landed.Hex);
        json.WriteString("landedAt", change.LandedAt.UtcDateTime);
        if (change.PullRequest is { } number)
        {
            json.WriteNumber("pullRequest", number);
        }
        else
        {
            json.WriteNull("pullRequest");
        }

        json.WriteNumber("commits", change.Commits.Length);
        json.WriteEndObject();
    }

    private static void WriteLines(Utf8JsonWriter json, ShowLines? lines)
    {
        if (lines is null)
        {
            json.WriteNull("lines");
            return;
        }

        json.WriteStartObject("lines");
        WriteTally(json, "written", lines.Written);
        json.WriteNumber("living", lines.Living);
        json.WriteNumber("moved", lines.Moved);
        json.WriteNumber("replaced", lines.Replaced);
        json.WriteNumber("deleted", lines.Deleted);
        json.WriteStartArray("files");
        foreach (var file in lines.Files)
        {
            json.WriteStartObject();
            json.WritePath("path", file.Path);
            json.WriteNumber("lines", file.Lines);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("takenBy");
        foreach (var successor in lines.TakenBy)
        {
            json.WriteStartObject();
            json.WriteString("sha", successor.Commit.Hex);
            json.WriteString("subject", ProvenanceJson.Text(successor.Subject));
            json.WriteString("authorship", ProvenanceJson.Word(successor.Authorship.Kind));
            json.WriteAgents(successor.Authorship.Agents);
            json.WriteNumber("replaced", successor.Replaced);
            json.WriteNumber("deleted", successor.Deleted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTally(json, "tookAway", lines.TookAway);
        json.WriteEndObject();
    }

    // Left out, not empty, when nobody asked: "none stored" is an answer.
    private static void WritePrompts(Utf8JsonWriter json, ImmutableArray<Prompt>? prompts)
    {
        if (prompts is not { } stored)
        {
            return;
        }

        json.WriteStartArray("prompts");
        foreach (var prompt in stored)
        {
            json.WriteStartObject();
            json.WriteString("source", ProvenanceJson.Text(prompt.Source));
            json.WriteString("agent", ProvenanceJson.Text(prompt.Agent?.Name));
            json.WriteString("session", ProvenanceJson.Text(prompt.Agent?.Session));
            json.WriteString("at", prompt.At is { } at ? $"{at.UtcDateTime:O}" : null);
            json.WriteString("text", ProvenanceJson.Text(prompt.Text));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTally(Utf8JsonWriter json, string name, ScanTally tally)
    {
        json.WriteStartObject(name);
        json.WriteNumber("total", tally.Total);
        json.WriteNumber("ai", tally.Ai);
        json.WriteNumber("human", tally.Human);
        json.WriteNumber("unknown", tally.Unknown);
        json.WriteEndObject();
    }
}
