using System.CommandLine;
using System.Globalization;
using Airworthy.Journeys.Databases;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy db</c>: looks after the database of a server's data folder.</summary>
internal static class DbCommand
{
    public static Command Create(Terminal terminal) =>
        new("db", "Look after the database of a server's data folder.") { Check(terminal), Backup(terminal), Compact(terminal), Export(terminal) };

    private static Command Check(Terminal terminal)
    {
        var data = DataFolder.Option("The server's data folder.");
        var command = new Command(
            "check",
            """
            Check that the database is whole, and that what it holds agrees with itself. A server may run meanwhile.

            Exit code: 0 all is well, 1 something is wrong.

            Examples:
              airworthy db check --data /var/lib/airworthy
            """) { data };
        command.SetAction(async (parsed, cancel) =>
        {
            var problems = await DatabaseCare.CheckAsync(terminal.Resolve(parsed.GetRequiredValue(data)), cancel);
            foreach (var problem in problems)
            {
                terminal.WriteLine(problem);
            }

            if (problems.Count == 0)
            {
                terminal.WriteLine("The database is whole.");
            }

            return problems.Count == 0 ? ExitCode.Yes : ExitCode.No;
        });
        return command;
    }

    private static Command Backup(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A new file to copy it into." };
        var data = DataFolder.Option("The server's data folder.");
        var command = new Command(
            "backup",
            """
            Copy the database as it stands at one moment, while a server runs, and check the copy. To go back: stop the server, and put the copy in the
            place of airworthy.db.

            Examples:
              airworthy db backup /backups/airworthy-$(date +%F).db --data /var/lib/airworthy
            """) { file, data };
        command.SetAction(async (parsed, cancel) =>
        {
            var target = terminal.Resolve(parsed.GetRequiredValue(file));
            var bytes = await DatabaseCare.BackupAsync(terminal.Resolve(parsed.GetRequiredValue(data)), target, cancel);
            terminal.WriteLine($"{target}: {Size(bytes)}, whole");
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Compact(Terminal terminal)
    {
        var data = DataFolder.Option("The server's data folder; stop the server first.");
        var command = new Command(
            "compact",
            """
            Give the space of what was dropped back to the disk. The server must be stopped, and the disk have room for a second copy.

            Examples:
              airworthy db compact --data /var/lib/airworthy
            """) { data };
        command.SetAction(async (parsed, cancel) =>
        {
            var (before, after) = await DatabaseCare.CompactAsync(terminal.Resolve(parsed.GetRequiredValue(data)), cancel);
            terminal.WriteLine($"{Size(before)} before, {Size(after)} now");
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Export(Terminal terminal)
    {
        var data = DataFolder.Option("The server's data folder.");
        var command = new Command(
            "export",
            """
            Write all that is kept as lines of JSON: {"table":"observations","row":{…}}. A server may run meanwhile.

            Examples:
              airworthy db export | jq -c 'select(.table == "transitions").row'
            """) { data };
        command.SetAction(async (parsed, cancel) =>
        {
            await DatabaseCare.ExportAsync(terminal.Resolve(parsed.GetRequiredValue(data)), terminal.Out, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:N1} MiB");
}
