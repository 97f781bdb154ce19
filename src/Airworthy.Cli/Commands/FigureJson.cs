using System.Text.Json;
using Airworthy.Journeys;

namespace Airworthy.Cli.Commands;

/// <summary>How answers in JSON are framed, and how they tell lists, tallies and shares: alike in every verb. The formats are promised: docs/formats.</summary>
internal static class FigureJson
{
    /// <summary>Writes <paramref name="report"/> as one indented object with a line's end behind it.</summary>
    public static void WriteAnswer<T>(Stream output, T report, Action<Utf8JsonWriter, T> write)
    {
        using (var json = new Utf8JsonWriter(output, ProvenanceJson.Line with { Indented = true }))
        {
            json.WriteStartObject();
            write(json, report);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes an array with one object for each item; <paramref name="write"/> fills it.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string property, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(property);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes <c>{"total","ai","human","unknown"}</c>, with what <paramref name="more"/> adds.</summary>
    public static void WriteTally(this Utf8JsonWriter json, string property, ScanTally tally, Action<Utf8JsonWriter>? more = null)
    {
        json.WriteStartObject(property);
        json.WriteNumber("total", tally.Total);
        json.WriteByKind(tally);
        more?.Invoke(json);
        json.WriteEndObject();
    }

    /// <summary>Writes <c>"ai","human","unknown"</c> into the object that is open.</summary>
    public static void WriteByKind(this Utf8JsonWriter json, ScanTally tally)
    {
        json.WriteNumber("ai", tally.Ai);
        json.WriteNumber("human", tally.Human);
        json.WriteNumber("unknown", tally.Unknown);
    }

    /// <summary>Writes a part of a whole; null of nothing, as nothing of nothing is no share.</summary>
    public static void WriteShare(this Utf8JsonWriter json, string property, long part, long whole) =>
        json.WriteFigure(property, whole == 0 ? null : (double)part / whole);

    /// <summary>Writes a figure with four decimals, or null where there is none.</summary>
    public static void WriteFigure(this Utf8JsonWriter json, string property, double? figure)
    {
        if (figure is { } value)
        {
            json.WriteNumber(property, Math.Round(value, 4));
        }
        else
        {
            json.WriteNull(property);
        }
    }
}
