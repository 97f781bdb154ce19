using System.CommandLine;
using System.Text;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Lessons;
using Airworthy.Model;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy lessons test</c>: the regression test that an incident asks for.</summary>
internal static class LessonsTest
{
    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string>("INCIDENT") { Description = "The incident, as 'incidents list' names it." };
        var folder = new RepositoryArgument();
        var recordings = new Option<string?>("--recordings") { Description = "A folder of recorded calls, to look for the one that failed.", HelpName = "FOLDER" };
        var output = new Option<string?>("--output") { Description = "The file to write; one that is there is not overwritten. Default: the terminal.", HelpName = "FILE" };
        var server = new ServerOption();
        var command = new Command(
            "test",
            """
            Write the regression test that an incident asks for, for xUnit: with the values its class of failure lives on where the function can be called
            plainly, else a skeleton that says what is missing. Of a recorded call it tells the commands that make a test of it.

            Exit code: 0 a test that can run, 2 a skeleton.

            Examples:
              airworthy lessons test i1f2e3d4c5b6a
              airworthy lessons test i1f2e3d4c5b6a ../shop --recordings recordings --output tests/Shop.Tests/IncidentTests.cs
            """) { id, folder, recordings, output };
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            await using var git = await folder.OpenAsync(parsed, terminal, cancel);
            var calls = parsed.GetValue(recordings);
            var found = await RegressionTestJourney.FindAsync(client, git, parsed.GetRequiredValue(id), calls is null ? null : terminal.Resolve(calls), cancel);
            if (parsed.GetValue(output) is { } file)
            {
                await using var stream = New(terminal.Resolve(file), file);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(found.Test.Text), cancel);
                terminal.WriteLine($"wrote {Printable.Of(file)}");
            }
            else
            {
                terminal.WriteLine(found.Test.Text.TrimEnd('\n'));
            }

            foreach (var hint in found.Hints.Concat(found.Test.Missing.Select(what => $"missing: {what}")))
            {
                await terminal.Error.WriteLineAsync($"airworthy: {Printable.Of(hint)}");
            }

            return found.Test.Missing.Count == 0 ? ExitCode.Yes : ExitCode.NotKnown;
        });
        return command;
    }

    private static FileStream New(string path, string named)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new ServerUnreachableException(Fault.Usage, $"'{named}' is there already; remove it, or name another --output");
        }
    }
}
