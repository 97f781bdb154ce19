using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Telling;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy incidents</c>: what broke in production, and which change did it.</summary>
internal static class IncidentsCommand
{
    public static Command Create(Terminal terminal) =>
        new("incidents", "What broke in production, and which change did it.") { List(terminal), Show(terminal), IncidentsOpen.Create(terminal), IncidentsTell.Create(terminal) };

    private static Command List(Terminal terminal)
    {
        var limit = new Option<int>("--limit") { Description = "At most so many.", HelpName = "N", DefaultValueFactory = _ => 100 };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "list",
            """
            List incidents, the one seen last first.

            Examples:
              airworthy incidents list
              airworthy incidents list --format json --server https://airworthy.example --token-file token
            """) { limit };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var incidents = new IncidentList(await client.IncidentsAsync(parsed.GetValue(limit), cancel));
            await format.WriteAsync(parsed, terminal, incidents, Write, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var id = new Argument<string>("ID") { Description = "The incident, as 'incidents list' names it." };
        var server = new ServerOption();
        var format = new AnswerFormat("markdown");
        var command = new Command(
            "show",
            """
            Show one incident: which change, why, how sure, and the trace.

            Exit code: 0 attributed, 2 not known.

            Examples:
              airworthy incidents show i1f2e3d4c5b6a
              airworthy incidents show i1f2e3d4c5b6a --format json
              airworthy incidents show i1f2e3d4c5b6a --format markdown     # for a chat or a report
            """) { id };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var asked = parsed.GetRequiredValue(id);
            var incident = await client.IncidentAsync(asked, cancel)
                ?? throw new ServerUnreachableException(Fault.Usage, $"there is no incident '{asked}'; see 'airworthy incidents list'");
            if (format.Is(parsed, "markdown"))
            {
                terminal.WriteLine(IncidentMarkdown.Write(incident).TrimEnd('\n'));
            }
            else
            {
                await format.WriteAsync(parsed, terminal, incident, Write, cancel);
            }

            return incident.Incident.Verdict == AttributionVerdict.Attributed ? ExitCode.Yes : ExitCode.NotKnown;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, IncidentList list)
    {
        if (list.Incidents.Count == 0)
        {
            console.WriteLine("No incident was seen.");
            return;
        }

        var table = Tables.Plain("incident", "last seen", "episodes", "service", "answer", "suspect", "what");
        foreach (var incident in list.Incidents)
        {
            Tables.Row(
                table,
                incident.Id,
                Tables.At(incident.LastSeen),
                incident.Episodes.ToString("N0", CultureInfo.InvariantCulture),
                incident.Service,
                Answer(incident),
                incident.Suspect is { } suspect ? $"{suspect.Sha[..12]} {Tables.Author(suspect.Authorship, suspect.Agents)}" : "–",
                incident.Title);
        }

        console.Write(table);
    }

    private static void Write(IAnsiConsole console, IncidentDetail detail)
    {
        var incident = detail.Incident;
        console.WriteLine(Printable.Of(incident.Title));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {Printable.Of(incident.Service)}{(incident.Environment.Length > 0 ? " · " + Printable.Of(incident.Environment) : "")} · {Words.Count(incident.Episodes, "episode")}, {Tables.At(incident.FirstSeen)} to {Tables.At(incident.LastSeen)}"));
        if (incident.Returns > 0 || incident.ResolvedAt is not null)
        {
            var returned = incident.Returns > 0 ? $"regression: came back {Words.Count(incident.Returns, "time")}" : "";
            var resolved = incident is { Status: IncidentStatus.Resolved, ResolvedAt: { } at } ? $"resolved {Tables.At(at)} by {Printable.Of(incident.Resolution ?? "?")}" : "";
            console.WriteLine($"  {string.Join("; ", new[] { returned, resolved }.Where(told => told.Length > 0))}");
        }

        console.WriteLine($"  {(detail.Versions.Count == 1 ? "version" : "versions")} {Printable.Of(string.Join(", ", detail.Versions))}");
        if (detail.Operations.Count > 0)
        {
            console.WriteLine($"  failed in {Printable.Of(string.Join(", ", detail.Operations))}");
        }

        console.WriteLine();
        console.WriteLine($"{Answer(incident).ToUpperInvariant()}  {Printable.Of(incident.Reason)}");
        foreach (var suspect in detail.Suspects)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {suspect.Sha[..12]}  {suspect.Score:0.00} {Words.Of(suspect.Role)}  \"{Printable.Of(suspect.Title ?? "")}\"  {Printable.Of(Tables.Author(suspect.Authorship, suspect.Agents))}"));
            foreach (var session in suspect.Agents.Where(agent => agent.Session is not null))
            {
                console.WriteLine($"     session {Printable.Of(session.Session!)}");
            }

            foreach (var reason in suspect.Reasons)
            {
                console.WriteLine($"     {Printable.Of(reason)}");
            }
        }

        WriteTrace(console, detail);
        foreach (var lesson in detail.Lessons)
        {
            console.WriteLine();
            console.WriteLine($"lesson {lesson.Id} · {lesson.FailureClass} · {Printable.Of(string.Join(", ", lesson.Scope))}");
            console.WriteLine($"  {Printable.Of(lesson.Rule)}");
        }
    }

    private static void WriteTrace(IAnsiConsole console, IncidentDetail detail)
    {
        console.WriteLine();
        if (detail.Frames.Count == 0)
        {
            foreach (var line in Printable.Lines(detail.Stack))
            {
                console.WriteLine($"  {line}");
            }

            return;
        }

        foreach (var frame in detail.Frames)
        {
            var place = frame.Path is null ? "" : $"  {frame.Path}{(frame.Line is { } line ? $":{line.ToString(CultureInfo.InvariantCulture)}" : "")}";
            console.WriteLine($"  {(frame.InApp ? "*" : " ")} {Printable.Of(frame.Unit ?? frame.Symbol ?? "?")}{Printable.Of(place)}");
        }
    }

    private static string Answer(IncidentSummary incident) => incident.Verdict switch
    {
        AttributionVerdict.Attributed => string.Create(CultureInfo.InvariantCulture, $"attributed {incident.Confidence:0.00}"),
        AttributionVerdict.Ambiguous => "ambiguous",
        AttributionVerdict.NotAttributable => "not attributable",
        _ => "waiting",
    };
}
