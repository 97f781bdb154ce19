using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Workflows;
using Airworthy.Model;
using Airworthy.Probes.Recordings;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy workflows</c>: what production does that no test does.</summary>
internal static class WorkflowsCommand
{
    public static Command Create(Terminal terminal)
    {
        var service = new Option<string>("--service") { Description = "The service, as it names itself in service.name.", HelpName = "NAME", Required = true };
        var environment = new Option<string?>("--environment") { Description = "Only production traces of this environment.", HelpName = "ENV" };
        var tests = Tests();
        var recordings = Recordings();
        var limit = new Option<int>("--limit") { Description = "At most so many, 1 to 1000.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "workflows",
            """
            Workflows of production that no test has: ranked by how often they run, how critical they are, and how much unproven code they pass.

            Exit code: 0 when production and tests were both seen, else 2: not known.

            Examples:
              airworthy workflows --service shop
              airworthy workflows --service shop --tests ci --limit 5 --format json
            """) { service, environment, tests, recordings, limit };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var question = new WorkflowQuestion(
                parsed.GetRequiredValue(service), parsed.GetValue(environment), parsed.GetValue(tests), parsed.GetValue(limit));
            var coverage = await client.WorkflowsAsync(question, cancel);
            if (ReadRecordings(parsed.GetValue(recordings), terminal) is { } set)
            {
                coverage = coverage with { Workflows = [.. coverage.Workflows.Select(workflow => WorkflowRecordings.With(workflow, set))] };
            }

            await format.WriteAsync(parsed, terminal, coverage, Write, cancel);
            return coverage.CoveredTraces is null ? ExitCode.NotKnown : ExitCode.Yes;
        });
        command.Add(Show(terminal));
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        var shape = new Argument<string>("SHAPE") { Description = "The workflow, as 'workflows' names it; its beginning is enough." };
        var service = new Option<string?>("--service") { Description = "The service that it is of, where several have it.", HelpName = "NAME" };
        var skeleton = new Option<bool>("--skeleton") { Description = "Print the beginning of an xUnit test that takes this way." };
        var tests = Tests();
        var recordings = Recordings();
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "show",
            """
            Show one workflow: its steps, and which of them no test has; or the beginning of a test.

            Examples:
              airworthy workflows show 3f9a1c
              airworthy workflows show 3f9a1c --skeleton
            """) { shape, service, skeleton, tests, recordings };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var workflow = await FindAsync(client, parsed.GetRequiredValue(shape), parsed.GetValue(service), parsed.GetValue(tests), cancel);
            workflow = ReadRecordings(parsed.GetValue(recordings), terminal) is { } set ? WorkflowRecordings.With(workflow, set) : workflow;
            if (!parsed.GetValue(skeleton))
            {
                await format.WriteAsync(parsed, terminal, workflow, Write, cancel);
                return ExitCode.Yes;
            }

            var test = WorkflowSkeleton.Of(workflow) ?? throw new ServerUnreachableException(
                Fault.Usage, $"workflow {workflow.Shape} did not come in over HTTP, so there is no skeleton of a test for it; see its steps without --skeleton");
            await terminal.Out.WriteAsync(System.Text.Encoding.UTF8.GetBytes(test), cancel);
            await terminal.Out.FlushAsync(cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Option<string?> Tests() =>
        new("--tests") { Description = "The environment whose traces are tests' (test, testing, ci, e2e, qa… when left out).", HelpName = "ENV" };

    private static Option<string?> Recordings() =>
        new("--recordings") { Description = "A folder of recordings: tells which workflows have one.", HelpName = "FOLDER" };

    private static RecordingSet? ReadRecordings(string? folder, Terminal terminal) =>
        folder is null ? null : RecordingSet.Read(terminal.Resolve(folder), Environment.GetEnvironmentVariable("AIRWORTHY_RECORDINGS_KEY"));

    private static async Task<WorkflowSummary> FindAsync(ServerClient client, string shape, string? service, string? tests, CancellationToken cancel)
    {
        var found = shape.Length > 0 ? (await client.WorkflowAsync(shape, service, tests, cancel)).Workflows : [];
        return found switch
        {
            [var only] => only,
            [] => throw new ServerUnreachableException(Fault.Usage, $"there is no workflow '{shape}'{(service is null ? "" : $" of {service}")}; see 'airworthy workflows --service NAME'"),
            _ => throw new ServerUnreachableException(
                Fault.Usage,
                $"'{shape}' names {found.Count} workflows ({string.Join(", ", found.Take(5).Select(workflow => $"{workflow.Shape} of {workflow.Service}"))}); give more of its id, or --service NAME"),
        };
    }

    private static void Write(IAnsiConsole console, WorkflowCoverage coverage)
    {
        console.WriteLine($"production: {Words.Count(coverage.ProductionTraces, "trace")} in {Words.Count(coverage.ProductionShapes, "shape")}");
        console.WriteLine(coverage.TestTraces == 0
            ? "tests: no evidence of tests; send a test run's traces with deployment.environment.name=test"
            : $"tests: {Words.Count(coverage.TestTraces, "trace")} in {Words.Count(coverage.TestShapes, "shape")}");
        if (coverage.CoveredTraces is { } covered)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"covered: {covered:N0} of {coverage.ProductionTraces:N0} production traces ({100.0 * covered / coverage.ProductionTraces:0.0} %) went a way that a test went"));
        }

        if (coverage is not { LateSpans: 0, SpansLeftOut: 0 })
        {
            console.WriteLine($"not counted: {Words.Count(coverage.LateSpans, "late span")}, {Words.Count(coverage.SpansLeftOut, "span")} of traces beyond the bounds");
        }

        if (coverage.Workflows.Count == 0)
        {
            return;
        }

        console.WriteLine();
        var table = Tables.Plain("workflow", "traces", "critical", "unproven", "entry", "a test begins with", "new against the nearest test");
        foreach (var workflow in coverage.Workflows)
        {
            Tables.Row(
                table,
                workflow.Shape[..12],
                workflow.Traces.ToString("N0", CultureInfo.InvariantCulture),
                workflow.Criticality is { } criticality ? Words.Of(criticality) : "–",
                Unproven(workflow),
                Entry(workflow),
                Beginning(workflow),
                workflow.NewSteps is { } steps ? string.Join(", ", steps.Take(3).Select(step => step.Display)) : "–");
        }

        console.Write(table);
    }

    private static void Write(IAnsiConsole console, WorkflowSummary workflow)
    {
        console.WriteLine($"{workflow.Shape}  {Printable.Of(Entry(workflow))}");
        console.WriteLine($"  {Printable.Of(workflow.Service)} · {Words.Count(workflow.Traces, "trace")}, {Tables.At(workflow.FirstSeen)} to {Tables.At(workflow.LastSeen)} · {(workflow.IsTested ? "a test has it" : "no test has it")}");
        console.WriteLine($"  for example trace {Printable.Of(workflow.ExampleTrace)}");
        if (workflow.Criticality is { } criticality)
        {
            console.WriteLine($"  passes critical code ({Words.Of(criticality)}): {Printable.Of(string.Join(", ", workflow.Areas))}");
        }

        console.WriteLine($"  unproven code: {Unproven(workflow)}");
        if (workflow.Recordings is { } recordings)
        {
            console.WriteLine($"  recordings: {(recordings.Count == 0 ? "none of it" : string.Join(", ", recordings))}");
        }

        console.WriteLine();
        foreach (var step in workflow.Steps)
        {
            var isNew = workflow.NewSteps?.Any(step.IsSameAs) == true;
            console.WriteLine($"  {(isNew ? "+" : " ")} {Words.Of(step.Kind),-8} {Printable.Of(step.Display)}");
        }

        if (workflow.NearestTest is { } nearest)
        {
            console.WriteLine();
            console.WriteLine($"  + not in the nearest workflow of a test, {nearest[..12]}");
        }
    }

    private static string Entry(WorkflowSummary workflow) =>
        (workflow.Steps.FirstOrDefault(step => step.Kind == WorkflowStepKind.Entry) ?? workflow.Steps[0]).Display;

    /// <summary>What there is to make a test of.</summary>
    private static string Beginning(WorkflowSummary workflow) =>
        workflow.Recordings is [var first, ..] ? $"recording {first}" : WorkflowSkeleton.Of(workflow) is null ? "–" : "a skeleton";

    private static string Unproven(WorkflowSummary workflow) => workflow.UnitLines == 0
        ? "not known"
        : string.Create(CultureInfo.InvariantCulture, $"{workflow.UnprovenLines:N0} of {workflow.UnitLines:N0} lines");
}
