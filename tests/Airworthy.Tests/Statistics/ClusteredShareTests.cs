using Airworthy.Statistics;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Statistics;

/// <summary>Shares of lines that came in commits.</summary>
public class ClusteredShareTests
{
    [Fact]
    public void Nothing_of_nothing_is_no_share()
    {
        Assert.Null(ClusteredShare.Of([]).Share);
        Assert.Null(ClusteredShare.Of([(0, 0)]).Share);
    }

    [Fact]
    public void A_share_of_none_or_all_or_of_two_clusters_has_no_interval()
    {
        Assert.Null(ClusteredShare.Of([(0, 5), (0, 5), (0, 5)]).Interval);
        Assert.Null(ClusteredShare.Of([(5, 5), (5, 5), (5, 5)]).Interval);
        Assert.Null(ClusteredShare.Of([(1, 5), (2, 5)]).Interval);
        Assert.NotNull(ClusteredShare.Of([(1, 5), (2, 5), (0, 5)]).Interval);
    }

    [Fact]
    public void The_interval_holds_the_share_and_stays_between_none_and_all() =>
        Gen.Select(Gen.Long[0, 20], Gen.Long[0, 20], (part, rest) => (part, part + rest)).Array[0, 30].Sample(clusters =>
        {
            var share = ClusteredShare.Of(clusters);
            if (share.Interval is { } interval)
            {
                Assert.InRange(share.Share!.Value, interval.Lower, interval.Upper);
                Assert.InRange(interval.Lower, 0, 1);
                Assert.InRange(interval.Upper, 0, 1);
            }
        });

    [Fact]
    public void Lines_of_the_same_commits_that_end_together_tell_no_more_than_their_commits()
    {
        var small = ClusteredShare.Of(Enumerable.Range(0, 40).Select(commit => (commit % 4 == 0 ? 1L : 0, 1L)));
        var large = ClusteredShare.Of(Enumerable.Range(0, 40).Select(commit => (commit % 4 == 0 ? 100L : 0, 100L)));

        Assert.Equal(0.25, large.Share);
        Assert.Equal(small.Interval!.Value.Lower, large.Interval!.Value.Lower, 1e-9);
        Assert.Equal(small.Interval!.Value.Upper, large.Interval!.Value.Upper, 1e-9);
    }

    [Fact]
    public void The_interval_holds_the_truth_as_often_as_it_says()
    {
        const int runs = 1000;
        var random = new Random(20261123);
        var held = 0;
        for (var run = 0; run < runs; run++)
        {
            // All lines of a commit are reworked together, a third of the commits are.
            var share = ClusteredShare.Of(Enumerable.Range(0, 60).Select(_ =>
            {
                long lines = random.Next(1, 20);
                return (random.NextDouble() < 1.0 / 3 ? lines : 0, lines);
            }));
            held += share.Interval is { } interval && interval.Lower <= 1.0 / 3 && 1.0 / 3 <= interval.Upper ? 1 : 0;
        }

        Assert.InRange(held, 0.93 * runs, 0.97 * runs);
    }
}
