using System.Text.Json;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Cli.Commands;

/// <summary>Writes what is known of a commit as one JSON object: docs/formats/show.md.</summary>
internal static class ShowJson
{
    public static void Write(Stream output, ShowReport report) => FigureJson.WriteAnswer(output, report, Write);

    private static void Write(Utf8JsonWriter json, ShowReport report)
    {
        var commit = report.Commit;
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
        // Left out, not empty, when nobody asked: "none stored" is an answer.
        if (report.Prompts is { } prompts)
        {
            json.WriteObjects("prompts", prompts, WritePrompt);
        }
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
        json.WriteTally("written", lines.Written);
        json.WriteNumber("living", lines.Living);
        json.WriteNumber("moved", lines.Moved);
        json.WriteNumber("replaced", lines.Replaced);
        json.WriteNumber("deleted", lines.Deleted);
        json.WriteObjects("files", lines.Files, static (json, file) =>
        {
            json.WritePath("path", file.Path);
            json.WriteNumber("lines", file.Lines);
        });
        json.WriteObjects("takenBy", lines.TakenBy, static (json, successor) =>
        {
            json.WriteString("sha", successor.Commit.Hex);
            json.WriteString("subject", ProvenanceJson.Text(successor.Subject));
            json.WriteString("authorship", ProvenanceJson.Word(successor.Authorship.Kind));
            json.WriteAgents(successor.Authorship.Agents);
            json.WriteNumber("replaced", successor.Replaced);
            json.WriteNumber("deleted", successor.Deleted);
        });
        json.WriteTally("tookAway", lines.TookAway);
        json.WriteEndObject();
    }

    private static void WritePrompt(Utf8JsonWriter json, Prompt prompt)
    {
        json.WriteString("source", ProvenanceJson.Text(prompt.Source));
        json.WriteString("agent", ProvenanceJson.Text(prompt.Agent?.Name));
        json.WriteString("session", ProvenanceJson.Text(prompt.Agent?.Session));
        json.WriteString("at", prompt.At is { } at ? $"{at.UtcDateTime:O}" : null);
        json.WriteString("text", ProvenanceJson.Text(prompt.Text));
    }
}
