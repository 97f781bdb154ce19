using System.Collections.Immutable;
using System.CommandLine;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Probes;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy probes</c>: what builds that reference <c>Airworthy.Probes</c> weave in, and what they need to know for it.</summary>
internal static class ProbesCommand
{
    public static Command Create(Terminal terminal) =>
        new("probes", "Tell builds which methods to count in production, and list what they did.") { Manifest(terminal), List(terminal), GapsCommand.Create(terminal) };

    private static Command Manifest(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var revision = new RevisionOption("The revision that is built.");
        var output = new Option<string?>("--out") { Description = "The file to write. Default: standard output.", HelpName = "FILE" };
        var command = new Command("manifest", "Write which lines are on probation, for builds where the repository is not there.") { repository, revision, output }
            .WithExamples("airworthy probes manifest --out .airworthy/probes.json", "airworthy probes manifest ../shop --rev v1.0 > probes.json");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var manifest = await ProbeManifestJourney.RunAsync(git, await git.ResolveAsync(parsed.GetValue(revision)!, cancel), cancel);
            if (parsed.GetValue(output) is { } file)
            {
                await WriteAsync(manifest, terminal.Resolve(file), cancel);
            }
            else
            {
                ProbeManifestJson.Write(manifest, terminal.Out);
            }

            await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, []);
            return ExitCode.Yes;
        });
        return command;
    }

    /// <summary>Through a file beside it: a build that reads meanwhile gets the one or the other whole.</summary>
    private static async Task WriteAsync(ProbeManifest manifest, string path, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var beside = path + ".new";
        await using (var stream = File.Create(beside))
        {
            ProbeManifestJson.Write(manifest, stream);
            await stream.FlushAsync(cancel);
        }

        File.Move(beside, path, overwrite: true);
    }

    private static Command List(Terminal terminal)
    {
        var built = new Argument<string>("BUILT")
        {
            Description = "An assembly, a project file or a project's folder. Default: the current folder.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => ".",
        };
        var format = new AnswerFormat();
        var command = new Command("list", "List which methods of a build carry probes, and why the others don't.") { built }
            .WithExamples("airworthy probes list", "airworthy probes list bin/Release/net10.0/Shop.dll --format json");
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var reports = ProbeReports.Find(terminal.Resolve(parsed.GetValue(built)!));
            await format.WriteAsync(parsed, terminal, reports, Write, cancel);
            return reports.Any(report => report.Methods.Any(method => method.HasProbe)) ? ExitCode.Yes : ExitCode.No;
        });
        return command;
    }

    private static void Write(IAnsiConsole console, ImmutableArray<ProbeReport> reports)
    {
        foreach (var report in reports)
        {
            console.Profile.Out.Writer.WriteLine(
                $"{report.Assembly}: {report.Methods.Count(method => method.HasProbe)} of {report.Methods.Length} methods carry probes{(report.Revision.Length > 0 ? $", at {report.Revision}" : "")}");
            foreach (var file in report.Methods.GroupBy(method => method.File, StringComparer.Ordinal).OrderBy(file => file.Key, StringComparer.Ordinal))
            {
                console.Profile.Out.Writer.WriteLine($"  {Printable.Of(file.Key)}");
                foreach (var method in file.OrderBy(method => method.Line))
                {
                    var name = Printable.Of(method.Id[2..] + (method.Part.Length > 0 ? $" ({method.Part})" : ""));
                    var reason = method.Reason.Length > 0 ? $"  — {Printable.Of(method.Reason)}" : "";
                    console.Profile.Out.Writer.WriteLine($"    {method.Line,6}  {(method.HasProbe ? "probe" : "-"),-5}  {name}{reason}");
                }
            }
        }
    }
}
