using System.Text.Json;
using Airworthy.Debt;
using Airworthy.Journeys;
using Airworthy.Statistics;

namespace Airworthy.Cli.Commands;

/// <summary>Writes rework as one JSON object: docs/formats/rework.md.</summary>
internal static class ReworkJson
{
    public static void Write(Stream output, ReworkReport report) => FigureJson.WriteAnswer(output, report, Write);

    private static void Write(Utf8JsonWriter json, ReworkReport report)
    {
        var figures = report.Figures;
        json.WriteString("repository", ProvenanceJson.Text(report.Repository));
        json.WriteString("revision", report.Revision.Hex);
        json.WriteString("since", report.Query.Since is { } since ? Figures.Day(since) : null);
        json.WriteString("until", report.Until.UtcDateTime);
        json.WriteStartObject("all");
        WriteGroup(json, figures.All);
        json.WriteEndObject();
        json.WriteObjects("authors", figures.Authors, WriteGroup);
        json.WriteObjects("agents", figures.Agents, WriteGroup);
        json.WriteObjects("models", figures.Models, WriteGroup);
        json.WriteObjects("sessions", figures.Sessions, WriteGroup);
        json.WriteObjects("prompts", figures.Prompts, WriteGroup);
        json.WriteObjects("folders", figures.Folders, WriteGroup);
        json.WriteObjects("overwrites", figures.Overwrites, static (json, overwrite) =>
        {
            json.WriteString("writer", ProvenanceJson.Word(overwrite.Writer));
            json.WriteString("by", ProvenanceJson.Word(overwrite.By));
            json.WriteNumber("replaced", overwrite.Replaced);
            json.WriteNumber("deleted", overwrite.Deleted);
        });
        json.WriteStartObject("coverage");
        json.WriteShare("linesKnown", figures.Known, figures.All.Lines);
        json.WriteShare("promptsKept", figures.Asked, figures.Authors[0].Lines);
        json.WriteNumber("knownByLine", figures.KnownByLine);
        json.WriteNumber("knownByCommit", figures.Known - figures.KnownByLine);
        json.WriteNumber("neverLanded", figures.NeverLanded);
        json.WriteNumber("earlier", figures.Earlier);
        json.WriteNumber("landings", report.Landings);
        json.WriteNumber("datesNotBelieved", report.DisbelievedDates);
        json.WriteNumber("linesHinted", report.Coverage.Hinted);
        json.WriteObjects("knownFrom", report.Coverage.KnownFrom, static (json, source) =>
        {
            json.WriteString("kind", source.Kind);
            json.WriteNumber("lines", source.Count);
        });
        json.WriteObjects("trend", report.Coverage.Trend, static (json, month) =>
        {
            json.WriteString("month", month.ToString());
            json.WriteNumber("lines", month.Count);
            json.WriteNumber("marked", month.Marked);
        });
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, ReworkGroup group)
    {
        json.WriteString("name", ProvenanceJson.Text(group.Name));
        json.WriteNumber("commits", group.Commits);
        json.WriteNumber("lines", group.Lines);
        json.WriteNumber("living", group.Living);
        json.WriteNumber("replaced", group.Replaced);
        json.WriteNumber("deleted", group.Deleted);
        json.WriteNumber("moved", group.Moved);
        json.WriteObjects("rework", group.Rework, static (json, period) =>
        {
            json.WriteNumber("days", period.Days);
            json.WriteNumber("lines", period.Lines.Whole);
            json.WriteNumber("reworked", period.Lines.Part);
            json.WriteFigure("share", period.Lines.Share);
            WriteInterval(json, "interval", period.Lines.Interval);
        });
        json.WriteObjects("survival", group.Survival, static (json, point) =>
        {
            json.WriteNumber("days", point.Days);
            json.WriteNumber("atRisk", point.Estimate?.AtRisk ?? 0);
            json.WriteFigure("survival", point.Estimate?.Survival);
            WriteInterval(json, "interval", point.Estimate?.Clustered);
            WriteInterval(json, "intervalIfIndependent", point.Estimate?.Independent);
        });
        json.WriteStartObject("medianDays");
        json.WriteFigure("days", group.Median.Time);
        json.WriteFigure("lower", group.Median.Lower);
        json.WriteFigure("upper", group.Median.Upper);
        json.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter json, string name, ConfidenceInterval? interval)
    {
        if (interval is not { } limits)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteFigure("lower", limits.Lower);
        json.WriteFigure("upper", limits.Upper);
        json.WriteEndObject();
    }
}
