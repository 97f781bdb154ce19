using System.CommandLine;
using System.Text.Json;
using Airworthy.Cli.Servers;
using Airworthy.Code;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Probes;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy probes gaps</c>: where production would not tell of what unproven code does.</summary>
internal static class GapsCommand
{
    private const string Description = """
        Name the outward calls and swallowed errors of unproven C# code on critical paths that neither a span, a log record, a metric nor a probe would tell of.

        Exit code: 0 no gap, 1 gaps, 2 nothing to read: the policy names no critical path, or none holds C#.

        Examples:
          airworthy probes gaps
          airworthy probes gaps ../shop --built src/Shop
          airworthy probes gaps --all --format json
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var revision = new RevisionOption("The revision whose files are read.");
        var built = new Option<string?>("--built") { Description = "A build of it, an assembly or a project: methods that carry probes there have no gap.", HelpName = "PATH" };
        var all = new Option<bool>("--all") { Description = "Read every path, not the critical ones alone." };
        var format = new FormatOption("json");
        var command = new Command("gaps", Description) { repository, revision, built, all, format };
        command.SetAction(async (parsed, cancel) =>
        {
            var probed = parsed.GetValue(built) is { } path ? ProbeReports.Find(terminal.Resolve(path)) : [];
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var commit = await git.ResolveAsync(parsed.GetValue(revision)!, cancel);
            var authors = await DeclaredAuthors.OpenAsync(git, commit, requests: [], cancel);
            var lines = probed.SelectMany(report => report.Methods).Where(method => method.HasProbe).ToLookup(method => new RepoPath(method.File), method => method.Line);
            var report = await GapsJourney.RunAsync(git, commit, authors, lines, parsed.GetValue(all), cancel);
            if (format.IsText(parsed))
            {
                await WriteAsync(terminal, report, parsed.GetValue(all), cancel);
            }
            else
            {
                FigureJson.WriteAnswer(terminal.Out, report, Write);
            }

            await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, authors.Reader.UnreadableNotes);
            return report.Files == 0 ? ExitCode.NotKnown : report.Gaps.IsEmpty ? ExitCode.Yes : ExitCode.No;
        });
        return command;
    }

    private static async Task WriteAsync(Terminal terminal, GapsReport report, bool all, CancellationToken cancel)
    {
        await using var text = new StreamWriter(terminal.Out, leaveOpen: true);
        if (report.Files == 0)
        {
            await text.WriteLineAsync(
                report.Areas.IsEmpty && !all
                    ? "airworthy.yml names no critical path, so nothing was read: see docs/write-a-policy.md, or give --all"
                    : $"no C# file is {(all ? "there" : $"on the critical paths ({string.Join(", ", report.Areas.Select(Printable.Of))})")} at {report.Revision.Short}");
            return;
        }

        foreach (var file in report.Gaps.GroupBy(gap => gap.Gap.Unit.Path))
        {
            await text.WriteLineAsync(file.Key.Display);
            foreach (var (gap, authorship) in file)
            {
                cancel.ThrowIfCancellationRequested();
                var by = $"{ProvenanceJson.Word(authorship.Kind)} {AuthorshipText.Agents(authorship)}".TrimEnd();
                await text.WriteLineAsync($"  {gap.Line,5}  {Words.Of(gap.Kind),-15}  {Printable.Of(gap.Text)}  in {Printable.Of(gap.Unit.Name)}  ·  {by}");
            }
        }

        var read = all ? "every path" : string.Join(", ", report.Areas.Select(Printable.Of));
        await text.WriteLineAsync(
            $"{(report.Gaps.IsEmpty ? "" : "\n")}{Words.Count(report.Gaps.Length, "gap")} in {Words.Count(report.Unproven, "unproven function")} of {Words.Count(report.Files, "C# file")} ({read}) at {report.Revision.Short}");
    }

    private static void Write(Utf8JsonWriter json, GapsReport report)
    {
        json.WriteString("revision", report.Revision.Hex);
        json.WriteStartArray("critical");
        foreach (var area in report.Areas)
        {
            json.WriteStringValue(area);
        }

        json.WriteEndArray();
        json.WriteNumber("files", report.Files);
        json.WriteNumber("unproven", report.Unproven);
        json.WriteObjects("gaps", report.Gaps, (item, gap) =>
        {
            item.WritePath("path", gap.Gap.Unit.Path);
            item.WriteNumber("line", gap.Gap.Line);
            item.WriteString("kind", gap.Gap.Kind == TelemetryGapKind.OutwardCall ? "outward-call" : "swallowed-error");
            item.WriteString("text", gap.Gap.Text);
            item.WriteString("unit", gap.Gap.Unit.Symbol);
            item.WriteString("authorship", ProvenanceJson.Word(gap.Authorship.Kind));
            item.WriteAgents(gap.Authorship.Agents);
        });
    }
}
