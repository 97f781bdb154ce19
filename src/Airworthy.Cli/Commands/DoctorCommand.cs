using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy doctor</c>: what telemetry arrived of a service, which revision it names, what is missing and what mends it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var service = new Argument<string>("SERVICE") { Description = "The service, by the name it sends as service.name." };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "doctor",
            """
            What telemetry arrived of a service, which revision it names, what is missing, and the line that mends it.

            Exit code: 0 nothing blocks attribution, 1 something does.

            Examples:
              airworthy doctor shop
              airworthy doctor shop --format json
            """)
        {
            service,
        };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var name = parsed.GetRequiredValue(service);
            if (string.IsNullOrWhiteSpace(name))
            {
                throw new ServerUnreachableException(Fault.Usage, "SERVICE is empty: name the service as it sends itself in service.name");
            }

            var diagnosis = (await client.ServicesAsync(name, cancel))[0];
            await format.WriteAsync(parsed, terminal, diagnosis, Write, cancel);
            return diagnosis.Gaps.Any(gap => gap.Blocks) ? ExitCode.No : ExitCode.Yes;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, ServiceDiagnosis diagnosis)
    {
        console.WriteLine(Printable.Of(diagnosis.Service));
        foreach (var claim in diagnosis.Claims)
        {
            console.WriteLine($"  runs {Printable.Of(claim.Repository)}{(claim.Confirmed ? ", confirmed by the operator" : ", as it says itself: not confirmed")}");
        }

        foreach (var version in diagnosis.Versions)
        {
            console.WriteLine();
            console.WriteLine($"  {Printable.Of(version.Version)}{(version.Environment.Length > 0 ? " in " + Printable.Of(version.Environment) : "")}, last seen {Tables.At(version.LastSeen)}");
            console.WriteLine($"    revision  {Revision(version.Revision)}");
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"    arrived   {Words.Count(version.Spans, "span")} ({version.WithCode:N0} of them {(version.WithCode == 1 ? "names its" : "name their")} code, {version.UnknownSampling:N0} {(version.UnknownSampling == 1 ? "does not tell how it was" : "do not tell how they were")} sampled), {Words.Count(version.Logs, "log record")}, {Words.Count(version.Exceptions, "exception")}"));
        }

        console.WriteLine();
        if (diagnosis.Gaps.Count == 0)
        {
            console.WriteLine("  Nothing is missing.");
        }

        foreach (var gap in diagnosis.Gaps)
        {
            console.WriteLine($"  {(gap.Blocks ? "!" : "·")} {Printable.Of(gap.What)}");
            console.WriteLine($"    → {Printable.Of(gap.Mend)}");
        }
    }

    private static string Revision(RunningRevision? revision) => revision switch
    {
        null => "not sought: no repository is confirmed",
        { Sha: null } => "not found in the repository",
        { Degraded: true } => $"{revision.Sha[..12]}, only the tip of a branch",
        _ => $"{revision.Sha[..12]}, told by {(revision.Source is { } source ? Words.Of(source) : "nothing")}",
    };
}
