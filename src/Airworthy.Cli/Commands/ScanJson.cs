using System.Text.Json;
using Airworthy.Journeys;

namespace Airworthy.Cli.Commands;

/// <summary>Writes a scan as one JSON object: docs/formats/scan.md.</summary>
internal static class ScanJson
{
    private const string GitAiNotes = "refs/notes/ai";

    public static void Write(Stream output, ScanReport report)
    {
        using (var json = new Utf8JsonWriter(output, ProvenanceJson.Line with { Indented = true }))
        {
            Write(json, report);
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartObject();
        json.WriteString("repository", ProvenanceJson.Text(report.Repository));
        json.WriteString("revision", report.Revision.Hex);
        json.WriteBoolean("shallow", report.IsShallow);
        WriteTally(json, "commits", report.Commits);
        json.WriteEndObject();
        WriteTally(json, "lines", report.Lines);
        json.WriteNumber("knownByLine", report.LinesKnownByLine);
        json.WriteNumber("knownByCommit", report.Lines.Known - report.LinesKnownByLine);
        json.WriteEndObject();
        WriteSources(json, report);
        WriteAgents(json, report);
        WriteFolders(json, report);
        json.WriteStartObject("coverage");
        json.WriteNumber("files", report.Files);
        json.WriteNumber("textFiles", report.TextFiles);
        json.WriteStartArray("skipped");
        foreach (var skipped in report.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("reason", skipped.Reason);
            json.WriteNumber("files", skipped.Files);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteShare(json, "commitsKnown", report.Commits);
        WriteShare(json, "linesKnown", report.Lines);
        json.WriteEndObject();
        WriteDisclosure(json, report.Disclosure);
        WriteRecords(json, report);
        json.WriteEndObject();
    }

    // Left open: lines have more to tell.
    private static void WriteTally(Utf8JsonWriter json, string name, ScanTally tally)
    {
        json.WriteStartObject(name);
        json.WriteNumber("total", tally.Total);
        json.WriteNumber("ai", tally.Ai);
        json.WriteNumber("human", tally.Human);
        json.WriteNumber("unknown", tally.Unknown);
    }

    // Nothing of nothing is no share.
    private static void WriteShare(Utf8JsonWriter json, string name, ScanTally tally)
    {
        if (tally.Total == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, Math.Round((double)tally.Known / tally.Total, 4));
        }
    }

    private static void WriteSources(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartArray("knownFrom");
        foreach (var source in report.KnownFrom)
        {
            json.WriteStartObject();
            json.WriteString("kind", source.Kind);
            json.WriteNumber("commits", source.Commits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAgents(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartArray("agents");
        foreach (var agent in report.Agents)
        {
            json.WriteStartObject();
            json.WriteString("agent", ProvenanceJson.Text(agent.Name));
            json.WriteNumber("commits", agent.Commits);
            json.WriteNumber("lines", agent.Lines);
            json.WriteStartArray("models");
            foreach (var model in agent.Models)
            {
                json.WriteStartObject();
                json.WriteString("model", ProvenanceJson.Text(model.Name));
                json.WriteNumber("commits", model.Commits);
                json.WriteNumber("lines", model.Lines);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFolders(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartArray("folders");
        foreach (var folder in report.Folders)
        {
            json.WriteStartObject();
            json.WritePath("path", folder.Path);
            json.WriteBoolean("isFolder", folder.IsFolder);
            json.WriteNumber("lines", folder.Lines.Total);
            json.WriteNumber("ai", folder.Lines.Ai);
            json.WriteNumber("human", folder.Lines.Human);
            json.WriteNumber("unknown", folder.Lines.Unknown);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDisclosure(Utf8JsonWriter json, ScanDisclosure? disclosure)
    {
        if (disclosure is null)
        {
            json.WriteNull("disclosureDropped");
            return;
        }

        json.WriteStartObject("disclosureDropped");
        WriteMonth(json, "before", disclosure.Before);
        WriteMonth(json, "after", disclosure.After);
        json.WriteEndObject();
    }

    private static void WriteMonth(Utf8JsonWriter json, string name, ScanMonth month)
    {
        json.WriteStartObject(name);
        json.WriteString("month", month.ToString());
        json.WriteNumber("commits", month.Commits);
        json.WriteNumber("marked", month.Marked);
        json.WriteEndObject();
    }

    private static void WriteRecords(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartObject("notes");
        json.WriteString("ref", GitAiNotes);
        json.WriteNumber("commits", report.Records.Where(records => records.Source == GitAiNotes).Sum(records => records.Records));
        json.WriteStartArray("unreadable");
        foreach (var note in report.UnreadableNotes)
        {
            json.WriteStartObject();
            json.WriteString("sha", note.Commit.Hex);
            json.WriteString("problem", ProvenanceJson.Text(note.Problem));
            json.WriteString("source", note.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("records");
        foreach (var records in report.Records)
        {
            json.WriteStartObject();
            json.WriteString("source", records.Source);
            json.WriteNumber("records", records.Records);
            json.WriteNumber("read", records.Read);
            json.WriteNumber("unreadable", records.Unreadable);
            json.WriteNumber("unplaced", records.Unplaced);
            json.WriteNumber("lines", records.Lines);
            json.WriteNumber("rejectedLines", records.RejectedLines);
            json.WriteNumber("missingRecords", records.MissingRecords);
            json.WriteNumber("ofOtherCommits", records.OfOtherCommits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
