using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy changes wait</c>: for pipelines that go on when production has spoken.</summary>
internal static class ChangesWait
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(60);

    public static Command Create(Terminal terminal)
    {
        var id = new ChangeArgument();
        var until = new Option<ChangeState>("--until") { Description = "The state to wait for.", HelpName = "STATE", DefaultValueFactory = _ => ChangeState.Proven };
        var timeout = new Option<string>("--timeout") { Description = "How long to wait at most: 90s, 15m, 2h or 7d.", HelpName = "TIME", DefaultValueFactory = _ => "1h" };
        var server = new ServerOption();
        var format = new AnswerFormat();
        var command = new Command(
            "wait",
            """
            Wait until a change stands where you want it.

            Exit code: 0 when it does, 1 when it turned suspect or withdrawn meanwhile, 2 when the time is over.

            Examples:
              airworthy changes wait 0b718ecca62e --until proven --timeout 7d
              airworthy changes wait shop/c1f2e3d4c5b6a --timeout 30m && kubectl rollout resume deployment/shop
            """) { id, until, timeout };
        server.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var wanted = parsed.GetValue(until);
            var limit = Duration(parsed.GetValue(timeout)!);
            using var client = server.Open(parsed, terminal);
            var started = TimeProvider.System.GetTimestamp();
            var change = await ChangesCommand.FindAsync(client, parsed.GetRequiredValue(id), cancel);
            using var tick = new PeriodicTimer(limit < s_look ? limit : s_look);
            while (!IsSettled(change, wanted) && TimeProvider.System.GetElapsedTime(started) < limit && await tick.WaitForNextTickAsync(cancel))
            {
                change = await client.ChangeAsync(change.Change.Repository, change.Change.Id, cancel) ?? change;
            }

            await format.WriteAsync(parsed, terminal, change.Change, Write, cancel);
            return change.Change.State == wanted ? ExitCode.Yes : IsSettled(change, wanted) ? ExitCode.No : ExitCode.NotKnown;
        });
        return command;
    }

    private static bool IsSettled(ChangeDetail detail, ChangeState wanted) =>
        detail.Change.State == wanted || detail.Change.State is ChangeState.Suspect or ChangeState.Withdrawn;

    private static void Write(IAnsiConsole console, ChangeSummary change) =>
        console.WriteLine($"{Words.Of(change.State)} since {Tables.At(change.Since)}  {Printable.Of($"{change.Repository}/{change.Id}")}  {Printable.Of(change.Title)}");

    private static TimeSpan Duration(string text)
    {
        TimeSpan? unit = text.Length < 2 ? null : text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        return unit is { } one && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0 && count <= s_longest / one
            ? count * one
            : throw new JourneyException(Fault.Usage, $"--timeout '{text}' is no time to wait: give it as 90s, 15m, 2h or 7d, at most 60d");
    }
}
