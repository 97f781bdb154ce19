using System.Text.Json;
using Airworthy.Journeys;
using Airworthy.Provenance;

namespace Airworthy.Cli.Commands;

/// <summary>Writes a scan as one JSON object: docs/formats/scan.md.</summary>
internal static class ScanJson
{
    private const string GitAiNotes = "refs/notes/ai";

    public static void Write(Stream output, ScanReport report) => FigureJson.WriteAnswer(output, report, Write);

    private static void Write(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteString("repository", ProvenanceJson.Text(report.Repository));
        json.WriteString("revision", report.Revision.Hex);
        json.WriteBoolean("shallow", report.IsShallow);
        json.WriteTally("commits", report.Commits);
        json.WriteTally("lines", report.Lines, more =>
        {
            more.WriteNumber("knownByLine", report.LinesKnownByLine);
            more.WriteNumber("knownByCommit", report.Lines.Known - report.LinesKnownByLine);
        });
        json.WriteObjects("knownFrom", report.KnownFrom, static (json, source) =>
        {
            json.WriteString("kind", source.Kind);
            json.WriteNumber("commits", source.Count);
        });
        json.WriteObjects("agents", report.Agents, WriteAgent);
        json.WriteObjects("folders", report.Folders, WriteFolder);
        WriteCoverage(json, report);
        WriteDisclosure(json, report.Disclosure);
        WriteNotes(json, report);
        json.WriteObjects("records", report.Records, WriteRecords);
        json.WriteStartObject("pullRequests");
        json.WriteNumber("heads", report.Heads);
        json.WriteNumber("told", report.Requests);
        json.WriteEndObject();
    }

    private static void WriteAgent(Utf8JsonWriter json, ScanAgent agent)
    {
        json.WriteString("agent", ProvenanceJson.Text(agent.Name));
        json.WriteNumber("commits", agent.Commits);
        json.WriteNumber("lines", agent.Lines);
        json.WriteObjects("models", agent.Models, static (json, model) =>
        {
            json.WriteString("model", ProvenanceJson.Text(model.Name));
            json.WriteNumber("commits", model.Commits);
            json.WriteNumber("lines", model.Lines);
        });
    }

    private static void WriteFolder(Utf8JsonWriter json, ScanFolder folder)
    {
        json.WritePath("path", folder.Path);
        json.WriteBoolean("isFolder", folder.IsFolder);
        json.WriteNumber("lines", folder.Lines.Total);
        json.WriteByKind(folder.Lines);
    }

    private static void WriteCoverage(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartObject("coverage");
        json.WriteNumber("files", report.Files);
        json.WriteNumber("textFiles", report.TextFiles);
        json.WriteObjects("skipped", report.Skipped, static (json, skipped) =>
        {
            json.WriteString("reason", skipped.Reason);
            json.WriteNumber("files", skipped.Files);
        });
        json.WriteShare("commitsKnown", report.Commits.Known, report.Commits.Total);
        json.WriteShare("linesKnown", report.Lines.Known, report.Lines.Total);
        json.WriteNumber("commitsHinted", report.Hinted);
        json.WriteObjects("trend", report.Trend, WriteMonth);
        json.WriteEndObject();
    }

    private static void WriteDisclosure(Utf8JsonWriter json, ScanDisclosure? disclosure)
    {
        if (disclosure is null)
        {
            json.WriteNull("disclosureDropped");
            return;
        }

        json.WriteStartObject("disclosureDropped");
        json.WriteStartObject("before");
        WriteMonth(json, disclosure.Before);
        json.WriteEndObject();
        json.WriteStartObject("after");
        WriteMonth(json, disclosure.After);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMonth(Utf8JsonWriter json, ScanMonth month)
    {
        json.WriteString("month", month.ToString());
        json.WriteNumber("commits", month.Count);
        json.WriteNumber("marked", month.Marked);
    }

    private static void WriteNotes(Utf8JsonWriter json, ScanReport report)
    {
        json.WriteStartObject("notes");
        json.WriteString("ref", GitAiNotes);
        json.WriteNumber("commits", report.Records.Where(records => records.Source == GitAiNotes).Sum(records => records.Records));
        json.WriteObjects("unreadable", report.UnreadableNotes, static (json, note) =>
        {
            json.WriteString("sha", note.Commit.Hex);
            json.WriteString("problem", ProvenanceJson.Text(note.Problem));
            json.WriteString("source", note.Source);
        });
        json.WriteEndObject();
    }

    private static void WriteRecords(Utf8JsonWriter json, RecordCoverage records)
    {
        json.WriteString("source", records.Source);
        json.WriteNumber("records", records.Records);
        json.WriteNumber("read", records.Read);
        json.WriteNumber("unreadable", records.Unreadable);
        json.WriteNumber("unplaced", records.Unplaced);
        json.WriteNumber("lines", records.Lines);
        json.WriteNumber("rejectedLines", records.RejectedLines);
        json.WriteNumber("missingRecords", records.MissingRecords);
        json.WriteNumber("ofOtherCommits", records.OfOtherCommits);
    }
}
