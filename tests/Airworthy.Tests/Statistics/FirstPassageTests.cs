using Airworthy.Statistics;
using Xunit;

namespace Airworthy.Tests.Statistics;

/// <summary>The figures of a fixed ratio of 2 at 1 %, as they were found by independent simulation.</summary>
public class FirstPassageTests
{
    private static readonly double s_threshold = EProcess.Threshold(0.01);
    private static readonly EProcess s_fixed = new(1, [2], [0], 0);

    [Theory]
    [InlineData(0.5, 82, 149)]
    [InlineData(0.05, 281, 538)]
    public void Harm_of_a_known_ratio_is_flagged_after_so_many_episodes(double share, double mean, double percentile)
    {
        var passage = FirstPassage.Of(s_fixed, s_threshold, share, oddsRatio: 2);
        Assert.InRange(passage.Mean!.Value, mean * 0.95, mean * 1.05);
        Assert.InRange(passage.Percentile90!.Value, percentile * 0.95, percentile * 1.05);
    }

    [Theory]
    [InlineData(0.5, 81, 150)]
    [InlineData(0.05, 329, 564)]
    public void A_harmless_change_is_proven_after_so_many_episodes(double share, double mean, double percentile)
    {
        var passage = FirstPassage.Of(EProcess.OfNoHarm(2), s_threshold, share, oddsRatio: 1);
        Assert.InRange(passage.Mean!.Value, mean * 0.95, mean * 1.05);
        Assert.InRange(passage.Percentile90!.Value, percentile * 0.95, percentile * 1.05);
    }

    [Fact]
    public void What_was_gathered_is_not_needed_again()
    {
        var begun = EProcess.OfNoHarm(2);
        var gathered = Enumerable.Range(0, 5).Aggregate(begun, (process, _) => process.With(new Stratum(new Tally(1000, 2), new Tally(1000, 4))));
        Assert.True(gathered.LogE > 1);
        Assert.True(FirstPassage.Of(gathered, s_threshold, 0.5, 1).Mean < FirstPassage.Of(begun, s_threshold, 0.5, 1).Mean);
    }

    [Fact]
    public void What_is_not_reached_in_time_has_no_figure()
    {
        var passage = FirstPassage.Of(EProcess.OfNoHarm(1.05), s_threshold, share: 0.001, oddsRatio: 1);
        Assert.Null(passage.Mean);
        Assert.Null(passage.Percentile90);
    }
}
