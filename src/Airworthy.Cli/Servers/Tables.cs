using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Servers;

/// <summary>Tables and words as the server's verbs print them: no boxes, colour only for state.</summary>
internal static class Tables
{
    public static Table Plain(params ReadOnlySpan<string> columns)
    {
        var table = new Table().NoBorder();
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Dim))) { Padding = new Padding(0, 0, 3, 0) });
        }

        return table;
    }

    /// <summary>Adds a row of texts, each made safe to print.</summary>
    public static void Row(Table table, params ReadOnlySpan<string> cells)
    {
        var texts = new List<Text>();
        foreach (var cell in cells)
        {
            texts.Add(new Text(Printable.Of(cell)));
        }

        table.AddRow(texts);
    }

    /// <summary>A moment as people read it.</summary>
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The colour of a state; legible without.</summary>
    public static Style StyleOf(ChangeState state) => state switch
    {
        ChangeState.Suspect => new Style(Color.Red),
        ChangeState.Experimental => new Style(Color.Yellow),
        ChangeState.Proven => new Style(Color.Green),
        _ => Style.Plain,
    };

    /// <summary>Who wrote it, in a few words.</summary>
    public static string Author(AuthorKind kind, IEnumerable<Journeys.Queries.WrittenBy> agents)
    {
        var names = string.Join(", ", agents.Select(agent => agent.Model is null ? agent.Agent : $"{agent.Agent} ({agent.Model})"));
        var word = Words.Of(kind);
        return names.Length > 0 ? $"{word} · {names}" : word;
    }
}
