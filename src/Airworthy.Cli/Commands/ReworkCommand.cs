using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Airworthy.Debt;
using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy rework</c>: what became of the lines that landed.</summary>
internal static class ReworkCommand
{
    private const int MostDays = 36_500;
    private const int MostPeriods = 8;

    private const string Description = """
        Tells how much of what landed was reworked soon, how long lines live, and who takes away whose, by author, agent, model and folder.

        Examples:
          airworthy rework
          airworthy rework ../service --since 2026-01-01 --days 7,30
          airworthy rework --format json | jq '.authors[] | {name, rework}'
        """;

    public static Command Create(Terminal terminal)
    {
        var repository = new RepositoryArgument();
        var since = new Option<string?>("--since") { Description = "Count only lines that landed on this day (UTC) or later.", HelpName = "YYYY-MM-DD" };
        var days = new Option<string>("--days")
        {
            Description = "Within how many days of landing a line that ends counts as reworked.",
            HelpName = "D,D…",
            DefaultValueFactory = _ => "14,30,90",
        };
        var revision = new RevisionOption("The revision whose history is followed; its first-parent line is the main line.");
        var ignored = new IgnoreRevisionOption();
        var requests = new PullRequestsOption();
        var format = new FormatOption("json");
        var command = new Command("rework", Description) { repository, since, days, revision, ignored, requests, format };
        command.SetAction(async (parsed, cancel) =>
        {
            var query = new ReworkQuery(Days(parsed.GetValue(days)!), parsed.GetValue(since) is { } day ? Since(day) : null);
            await using var git = await repository.OpenAsync(parsed, terminal, cancel);
            var commit = await git.ResolveAsync(parsed.GetValue(revision)!, cancel);
            await ignored.ApplyAsync(parsed, git, cancel);
            git.Lines.Prepare(commit);
            var told = await requests.ReadAsync(parsed, git, terminal, cancel);
            ReworkReport report;
            await using (var progress = new ProgressLine(terminal, TimeProvider.System))
            {
                report = await ReworkJourney.RunAsync(git, commit, query, told, TimeProvider.System, progress, cancel);
            }

            if (format.IsText(parsed))
            {
                ReworkText.Write(terminal, report);
            }
            else
            {
                ReworkJson.Write(terminal.Out, report);
            }

            await ProvenanceWarnings.WriteAsync(terminal, git.IsShallow, report.UnreadableNotes);
            return ExitCode.Yes;
        });
        return command;
    }

    private static ImmutableArray<int> Days(string text)
    {
        var days = new SortedSet<int>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MostDays)
            {
                throw new JourneyException(Fault.Usage, $"--days '{text}' is not a list of days; give numbers from 1 to {MostDays}, such as 14,30,90");
            }

            days.Add(number);
        }

        return days.Count <= MostPeriods
            ? [.. days]
            : throw new JourneyException(Fault.Usage, $"--days names {days.Count} periods; give at most {MostPeriods}");
    }

    private static DateTimeOffset Since(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : throw new JourneyException(Fault.Usage, $"--since '{text}' is not a day; give it as 2026-01-31");
}
