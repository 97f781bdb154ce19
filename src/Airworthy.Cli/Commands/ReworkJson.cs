using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Debt;
using Airworthy.Journeys;
using Airworthy.Statistics;

namespace Airworthy.Cli.Commands;

/// <summary>Writes rework as one JSON object: docs/formats/rework.md.</summary>
internal static class ReworkJson
{
    public static void Write(Stream output, ReworkReport report)
    {
        using (var json = new Utf8JsonWriter(output, ProvenanceJson.Line with { Indented = true }))
        {
            Write(json, report);
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, ReworkReport report)
    {
        var figures = report.Figures;
        json.WriteStartObject();
        json.WriteString("repository", ProvenanceJson.Text(report.Repository));
        json.WriteString("revision", report.Revision.Hex);
        json.WriteString("since", report.Query.Since is { } since ? Figures.Day(since) : null);
        json.WriteString("until", report.Until.UtcDateTime);
        json.WritePropertyName("all");
        Write(json, figures.All);
        WriteGroups(json, "authors", figures.Authors);
        WriteGroups(json, "agents", figures.Agents);
        WriteGroups(json, "models", figures.Models);
        WriteGroups(json, "folders", figures.Folders);
        WriteOverwrites(json, figures.Overwrites);
        json.WriteStartObject("coverage");
        WriteNumber(json, "linesKnown", figures.All.Lines == 0 ? null : (double)figures.Known / figures.All.Lines);
        json.WriteNumber("knownByLine", figures.KnownByLine);
        json.WriteNumber("knownByCommit", figures.Known - figures.KnownByLine);
        json.WriteNumber("neverLanded", figures.NeverLanded);
        json.WriteNumber("earlier", figures.Earlier);
        json.WriteNumber("landings", report.Landings);
        json.WriteNumber("datesNotBelieved", report.DisbelievedDates);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteGroups(Utf8JsonWriter json, string name, ImmutableArray<ReworkGroup> groups)
    {
        json.WriteStartArray(name);
        foreach (var group in groups)
        {
            Write(json, group);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReworkGroup group)
    {
        json.WriteStartObject();
        json.WriteString("name", ProvenanceJson.Text(group.Name));
        json.WriteNumber("commits", group.Commits);
        json.WriteNumber("lines", group.Lines);
        json.WriteNumber("living", group.Living);
        json.WriteNumber("replaced", group.Replaced);
        json.WriteNumber("deleted", group.Deleted);
        json.WriteNumber("moved", group.Moved);
        json.WriteStartArray("rework");
        foreach (var (days, lines) in group.Rework)
        {
            json.WriteStartObject();
            json.WriteNumber("days", days);
            json.WriteNumber("lines", lines.Whole);
            json.WriteNumber("reworked", lines.Part);
            WriteNumber(json, "share", lines.Share);
            WriteInterval(json, "interval", lines.Interval);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("survival");
        foreach (var (days, estimate) in group.Survival)
        {
            json.WriteStartObject();
            json.WriteNumber("days", days);
            json.WriteNumber("atRisk", estimate?.AtRisk ?? 0);
            WriteNumber(json, "survival", estimate?.Survival);
            WriteInterval(json, "interval", estimate?.Clustered);
            WriteInterval(json, "intervalIfIndependent", estimate?.Independent);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("medianDays");
        WriteNumber(json, "days", group.Median.Time);
        WriteNumber(json, "lower", group.Median.Lower);
        WriteNumber(json, "upper", group.Median.Upper);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteOverwrites(Utf8JsonWriter json, ImmutableArray<Overwrite> overwrites)
    {
        json.WriteStartArray("overwrites");
        foreach (var (writer, by, replaced, deleted) in overwrites)
        {
            json.WriteStartObject();
            json.WriteString("writer", ProvenanceJson.Word(writer));
            json.WriteString("by", ProvenanceJson.Word(by));
            json.WriteNumber("replaced", replaced);
            json.WriteNumber("deleted", deleted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteInterval(Utf8JsonWriter json, string name, ConfidenceInterval? interval)
    {
        if (interval is not { } limits)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        WriteNumber(json, "lower", limits.Lower);
        WriteNumber(json, "upper", limits.Upper);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, Math.Round(value, 4));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
