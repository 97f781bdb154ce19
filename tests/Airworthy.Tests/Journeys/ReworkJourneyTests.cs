using System.Globalization;
using System.Text;
using Airworthy.Debt;
using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Journeys;

/// <summary>Rework of random histories, beside a reading of them that keeps a list of lines.</summary>
public class ReworkJourneyTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Figures_are_those_of_the_lines_one_by_one(int seed)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var shop = new RepositoryBuilder();
        var (history, lives) = History(new Random(seed), commits: 40);
        shop.GitWithInput(Encoding.UTF8.GetBytes(history), "fast-import", "--quiet");
        await using var repository = await GitRepository.OpenAsync(shop.Folder, cancel);

        var report = await ReworkJourney.RunAsync(
            repository, await repository.ResolveAsync("main", cancel), new ReworkQuery([5, 20], Since: null), requests: [], TimeProvider.System, progress: null, cancel);

        var all = report.Figures.All;
        Assert.Equal((lives.Count, lives.Count(life => life.Died is null)), (all.Lines, all.Living));
        foreach (var (days, lines) in all.Rework)
        {
            var grown = lives.Where(life => life.Born + days <= 39).ToList();
            Assert.Equal((grown.Count(life => life.Died - life.Born <= days), grown.Count), (lines.Part, lines.Whole));
        }
    }

    /// <summary>A commit a day, each of which adds lines that are like no other and takes some away, in one file.</summary>
    private static (string Stream, List<(int Born, int? Died)> Lives) History(Random random, int commits)
    {
        var stream = new StringBuilder();
        var lives = new List<(int Born, int? Died)>();
        var file = new List<int>();
        for (var day = 0; day < commits; day++)
        {
            foreach (var gone in file.Where(_ => random.Next(8) == 0).ToList())
            {
                lives[gone] = lives[gone] with { Died = day };
                file.Remove(gone);
            }

            for (var added = random.Next(1, 6); added > 0; added--)
            {
                file.Insert(random.Next(file.Count + 1), lives.Count);
                lives.Add((day, null));
            }

            var content = string.Concat(file.Select(line => $"{line.ToString("x8", CultureInfo.InvariantCulture)}\n"));
            stream.Append(CultureInfo.InvariantCulture, $"commit refs/heads/main\ncommitter Ada <ada@example.org> {s_start.AddDays(day).ToUnixTimeSeconds()} +0000\n")
                .Append(CultureInfo.InvariantCulture, $"data 1\nx\nM 100644 inline a.cs\ndata {content.Length}\n{content}\n");
        }

        return (stream.ToString(), lives);
    }
}
