using System.CommandLine;
using System.Text;
using Airworthy.Cli.Servers;
using Airworthy.Model;
using Airworthy.Probes;

namespace Airworthy.Cli.Commands;

/// <summary>
/// <c>airworthy recordings watch</c>: keeps the file that a running program reads its wishes from as the server has them. The program itself asks nobody.
/// </summary>
internal static class RecordingsWatch
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The file that AIRWORTHY_RECORD=@FILE names for the program." };
        var service = new Option<string>("--service") { Description = "The service, as it names itself in service.name.", HelpName = "NAME", Required = true };
        var seconds = new Option<int>("--seconds") { Description = "How often to ask, 5 to 3600.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var once = new Option<bool>("--once") { Description = "Ask once and end, as from cron." };
        var server = new ServerOption();
        var command = new Command(
            "watch",
            """
            Ask a server what a service is to record, and keep the file that the running program reads it from: the methods of changes that are suspect or
            experimental. What a person wrote into the file above the line '# asked by' stays.

            Exit code: 0.
            """) { file, service, seconds, once };
        server.AddTo(command);
        command.WithExamples("airworthy recordings watch /run/shop/record.txt --service shop", "airworthy recordings watch record.txt --service shop --server https://airworthy.acme.example --token-file token --once");
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 5 and <= 3600))
            {
                result.AddError("--seconds takes 5 to 3600");
            }
        });
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = server.Open(parsed, terminal);
            var path = terminal.Resolve(parsed.GetRequiredValue(file));
            await UpdateAsync(client, parsed.GetRequiredValue(service), path, terminal, cancel);
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            while (!parsed.GetValue(once) && await timer.WaitForNextTickAsync(cancel))
            {
                try
                {
                    await UpdateAsync(client, parsed.GetRequiredValue(service), path, terminal, cancel);
                }
                catch (ServerUnreachableException fault)
                {
                    // A server that is away for a while wants what it wanted before.
                    await terminal.Error.WriteLineAsync($"airworthy: {fault.Message}");
                }
            }

            return ExitCode.Yes;
        });
        return command;
    }

    private static async Task UpdateAsync(ServerClient client, string service, string path, Terminal terminal, CancellationToken cancel)
    {
        const string mark = "# asked by the server";
        var wanted = await client.WantedAsync(service, cancel);
        try
        {
            var before = File.Exists(path) ? await File.ReadAllTextAsync(path, cancel) : "";
            var text = new StringBuilder();
            foreach (var line in before.Split('\n').TakeWhile(line => !line.StartsWith(mark, StringComparison.Ordinal)).Where(line => line.Trim().Length > 0))
            {
                text.Append(line).Append('\n');
            }

            text.Append(mark).Append(", below this line only\n");
            foreach (var method in wanted.Methods)
            {
                // Names come from telemetry: one that is no plain name is not asked for.
                text.Append(method.Unit.Any(c => char.IsControl(c) || c is '*' or '?') ? "" : method.Unit + "\n");
            }

            if (text.ToString() == before)
            {
                return;
            }

            await File.WriteAllTextAsync(path + ".part", text.ToString(), cancel);
            File.Move(path + ".part", path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ProbeException(Fault.BadInput, $"'{path}' can't be written: {fault.Message}", fault);
        }

        terminal.WriteLine($"{Words.Count(wanted.Methods.Length, "method")} wanted of {Printable.Of(service)}");
    }
}
