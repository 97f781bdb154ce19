using System.CommandLine;
using System.Text.RegularExpressions;
using Airworthy.Cli.Servers;
using Airworthy.Model;
using Airworthy.Probes;
using Airworthy.Probes.Replay;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy recordings to-tests</c>: xUnit tests of recorded calls.</summary>
internal static partial class RecordingsToTests
{
    public static Command Create(Terminal terminal)
    {
        var folder = new RecordingsFolder();
        var application = new Option<string>("--app") { Description = "The built application whose types the tests use.", HelpName = "ASSEMBLY", Required = true };
        var output = new Option<string>("--output") { Description = "The folder to write the tests to; no file in it is overwritten.", HelpName = "FOLDER", Required = true };
        var replay = new Option<string?>("--replay") { Description = "A report of 'replay --report': the tests expect what its head does, not what was recorded.", HelpName = "FILE" };
        var unit = new Option<string?>("--unit") { Description = "Only calls of methods whose id holds this.", HelpName = "TEXT" };
        var space = new Option<string>("--namespace") { Description = "The namespace of the tests.", HelpName = "NAME", DefaultValueFactory = _ => "Recorded" };
        var command = new Command(
            "to-tests",
            """
            Write xUnit tests that make recorded calls again and hold them to what they came to. The application is loaded to learn its types, and constructors are
            tried: its code runs on this machine.

            Exit code: 0 when a test was written of each, 1 of some, 2 of none.
            """) { folder.Argument, application, output, replay, unit, space }
            .WithExamples(
                "airworthy recordings to-tests --app src/Shop/bin/Release/net10.0/Shop.dll --output tests/Shop.Tests",
                "airworthy recordings to-tests --unit Refunds --replay replay.json --app src/Shop/bin/Release/net10.0/Shop.dll --output tests/Shop.Tests");
        space.Validators.Add(result =>
        {
            if (!Namespace().IsMatch(result.GetValueOrDefault<string>() ?? ""))
            {
                result.AddError("--namespace takes a namespace of C#, as Shop.Tests");
            }
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var wanted = parsed.GetValue(unit) ?? "";
            var calls = folder.Read(parsed, terminal).Recordings.Where(one => one.Unit.Contains(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
            var expected = parsed.GetValue(replay) is { } file ? ExpectedOutcomes.Read(terminal.Resolve(file)) : null;
            var tests = await RecordedTests.WriteAsync(calls, expected, terminal.Resolve(parsed.GetRequiredValue(application)), parsed.GetValue(space)!, cancel);
            await SaveAsync(tests, terminal.Resolve(parsed.GetRequiredValue(output)), terminal, cancel);
            foreach (var (call, reason) in tests.Missing)
            {
                terminal.WriteLine($"no test of {call.Id.ToString("N")[..8]} {Printable.Of(RecordingsCommand.Call(call))}: {Printable.Of(reason)}");
            }

            terminal.WriteLine($"{Words.Count(tests.Written, "test")} of {Words.Count(calls.Count, "recording")}");
            return tests.Written == 0 ? ExitCode.NotKnown : tests.Missing.IsEmpty ? ExitCode.Yes : ExitCode.No;
        });
        return command;
    }

    private static async Task SaveAsync(RecordedTests tests, string folder, Terminal terminal, CancellationToken cancel)
    {
        if (tests.Files.Keys.FirstOrDefault(name => File.Exists(Path.Combine(folder, name))) is { } there)
        {
            throw new ProbeException(Fault.Usage, $"'{Path.Combine(folder, there)}' is there already; remove it, or name another --output");
        }

        Directory.CreateDirectory(folder);
        foreach (var (name, text) in tests.Files)
        {
            var path = Path.Combine(folder, name);
            await File.WriteAllTextAsync(path, text, cancel);
            terminal.WriteLine($"wrote {Printable.Of(path)}");
        }
    }

    [GeneratedRegex(@"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();
}
