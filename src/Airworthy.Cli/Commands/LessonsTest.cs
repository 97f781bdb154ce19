using System.CommandLine;
using System.Text;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Lessons;
using Airworthy.Model;
using Airworthy.Probes.Recordings;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy lessons test</c>: the regression test that an incident asks for.</summary>
internal static class LessonsTest
{
    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string>("INCIDENT") { Description = "The incident, as 'incidents list' names it." };
        var folder = new RepositoryArgument();
        var recordings = new Option<string?>("--recordings") { Description = "A folder of recorded calls, to look for the one that failed.", HelpName = "FOLDER" };
        var form = new Option<string>("--as") { Description = "xunit: a test of the function. http: the request that failed, as a .http file to send again.", HelpName = "FORM", DefaultValueFactory = _ => "xunit" };
        form.AcceptOnlyFromAmong("xunit", "http");
        var output = new Option<string?>("--output") { Description = "The file to write; one that is there is not overwritten. Default: the terminal.", HelpName = "FILE" };
        var server = new ServerOption();
        var command = new Command(
            "test",
            """
            Write the regression test that an incident asks for, for xUnit: with the values its class of failure lives on where the function can be called
            plainly, else a skeleton that says what is missing. Of a recorded call it tells the commands that make a test of it. With --as http it writes the
            recorded request that failed, secrets masked, else its method and route as far as telemetry tells them.

            Exit code: 0 a test or request that can run, 2 a skeleton.

            Examples:
              airworthy lessons test i1f2e3d4c5b6a
              airworthy lessons test i1f2e3d4c5b6a ../shop --recordings recordings --output tests/Shop.Tests/IncidentTests.cs
              airworthy lessons test i1f2e3d4c5b6a --as http --recordings recordings --output refund.http
            """) { id, folder, form, recordings, output };
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            (string Folder, RecordingSet Set)? calls = parsed.GetValue(recordings) is { } named ? (named, RecordingsFolder.Read(named, terminal)) : null;
            if (calls is { } read)
            {
                await RecordingsFolder.TellUnreadableAsync(read.Set, terminal);
            }

            var (text, missing, hints) = parsed.GetValue(form) == "http"
                ? await RequestAsync(client, parsed.GetRequiredValue(id), calls, cancel)
                : await TestAsync(client, parsed, calls, cancel);
            if (parsed.GetValue(output) is { } file)
            {
                await using var stream = New(terminal.Resolve(file), file);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
                terminal.WriteLine($"wrote {Printable.Of(file)}");
            }
            else
            {
                terminal.WriteLine(text.TrimEnd('\n'));
            }

            foreach (var hint in hints.Concat(missing.Select(what => $"missing: {what}")))
            {
                await terminal.Error.WriteLineAsync($"airworthy: {Printable.Of(hint)}");
            }

            return missing.Count == 0 ? ExitCode.Yes : ExitCode.NotKnown;
        });
        return command;

        async Task<(string Text, IReadOnlyList<string> Missing, IReadOnlyList<string> Hints)> TestAsync(ServerClient client, ParseResult parsed, (string, RecordingSet)? calls, CancellationToken cancel)
        {
            await using var git = await folder.OpenAsync(parsed, terminal, cancel);
            var found = await RegressionTestJourney.FindAsync(client, git, parsed.GetRequiredValue(id), calls, cancel);
            return (found.Test.Text, found.Test.Missing, found.Hints);
        }
    }

    private static async Task<(string Text, IReadOnlyList<string> Missing, IReadOnlyList<string> Hints)> RequestAsync(
        ServerClient client, string incident, (string, RecordingSet)? calls, CancellationToken cancel)
    {
        var found = await FailedRequest.FindAsync(client, incident, calls, Environment.GetEnvironmentVariable("AIRWORTHY_REDACT") ?? "", cancel);
        return (found.File.Text, found.File.Missing, found.Hints);
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
