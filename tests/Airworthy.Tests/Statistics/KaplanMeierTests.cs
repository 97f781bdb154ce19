using Airworthy.Statistics;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Statistics;

/// <summary>Survival, by the textbook's example and by what must hold for any observations.</summary>
public class KaplanMeierTests
{
    private static readonly Gen<Observation[]> s_observations = Gen
        .Select(Gen.Int[0, 30], Gen.Bool, Gen.Long[1, 5], Gen.Int[0, 6], (time, hasEnded, count, cluster) => new Observation(time, hasEnded, count, cluster))
        .Array[1, 40];

    /// <summary>
    /// Weeks in remission under 6-mercaptopurine (Freireich and others, Blood 1963), the usual example; a negative number is censored.
    /// </summary>
    private static readonly int[] s_weeks = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];

    [Theory]
    [InlineData(6, 21, 0.8571, 0.0764, 0.6197, 0.9516)]
    [InlineData(7, 17, 0.8067, 0.0869, 0.5631, 0.9228)]
    [InlineData(10, 15, 0.7529, 0.0963, 0.5032, 0.8894)]
    [InlineData(13, 12, 0.6902, 0.1068, 0.4316, 0.8491)]
    [InlineData(16, 11, 0.6275, 0.1141, 0.3675, 0.8049)]
    [InlineData(22, 7, 0.5378, 0.1282, 0.2678, 0.7468)]
    [InlineData(23, 6, 0.4482, 0.1346, 0.1881, 0.6801)]
    public void The_textbook_example_gives_the_textbook_answer(int week, long atRisk, double survival, double error, double lower, double upper)
    {
        var estimate = Freireich().At(week)!;

        Assert.Equal(atRisk, estimate.AtRisk);
        Assert.Equal(survival, estimate.Survival, 0.00005);
        Assert.Equal(error, estimate.LogError!.Value * estimate.Survival, 0.00006);
        Assert.Equal(lower, estimate.Independent!.Value.Lower, 0.00006);
        Assert.Equal(upper, estimate.Independent!.Value.Upper, 0.00006);
    }

    [Fact]
    public void The_median_is_the_first_time_at_which_half_are_gone()
    {
        Assert.Equal(23, Freireich().Median.Time);
        Assert.Equal(2, KaplanMeier.Fit([new(1, true, 1, 0), new(2, true, 1, 1), new(3, true, 2, 2)]).Median.Time);
    }

    [Fact]
    public void A_median_that_was_not_reached_is_none()
    {
        var median = KaplanMeier.Fit([new(1, true, 2, 0), new(5, false, 3, 1), new(6, false, 3, 2)]).Median;

        Assert.Null(median.Time);
        Assert.Null(median.Upper);
    }

    [Fact]
    public void Nothing_is_said_beyond_the_time_anybody_was_watched()
    {
        var survival = KaplanMeier.Fit([new(1, true, 1, 0), new(5, false, 1, 1)]);

        Assert.Equal(0.5, survival.At(5)!.Survival);
        Assert.Null(survival.At(5.1));
        Assert.Null(KaplanMeier.Fit([]).At(0));
        Assert.Equal(0, KaplanMeier.Fit([new(1, true, 1, 0)]).At(9)!.Survival);
    }

    [Fact]
    public void No_observation_may_be_shorter_than_nothing()
    {
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([new(-1, true, 1, 0)]));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([new(double.NaN, true, 1, 0)]));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([new(1, true, 0, 0)]));
    }

    [Fact]
    public void Survival_never_rises_and_lies_within_its_limits() => s_observations.Sample(observations =>
    {
        var survival = KaplanMeier.Fit(observations);
        var before = 1.0;
        for (var time = 0.0; time <= 30; time += 0.5)
        {
            if (survival.At(time) is not { } estimate)
            {
                continue;
            }

            Assert.InRange(estimate.Survival, 0, before);
            before = estimate.Survival;
            foreach (var interval in new[] { estimate.Independent, estimate.Clustered })
            {
                if (interval is { } limits)
                {
                    Assert.InRange(limits.Lower, 0, estimate.Survival + 1e-9);
                    Assert.InRange(limits.Upper, estimate.Survival - 1e-9, 1);
                }
            }
        }
    });

    [Fact]
    public void With_nobody_censored_survival_is_the_share_still_there() => s_observations.Sample(observations =>
    {
        var ended = observations.Select(group => group with { HasEnded = true }).ToArray();
        var survival = KaplanMeier.Fit(ended);
        var all = ended.Sum(group => group.Count);
        for (var time = 0; time <= 31; time++)
        {
            Assert.Equal((double)ended.Where(group => group.Time > time).Sum(group => group.Count) / all, survival.At(time)!.Survival, 1e-9);
        }
    });

    [Fact]
    public void A_group_counts_as_its_members_one_by_one() => s_observations.Sample(observations =>
    {
        var grouped = KaplanMeier.Fit(observations);
        var apart = KaplanMeier.Fit(observations.SelectMany(group => Enumerable.Repeat(group with { Count = 1 }, (int)group.Count)));

        Assert.Equal(grouped.At(15), apart.At(15));
        Assert.Equal(grouped.Median, apart.Median);
    });

    [Fact]
    public void Clusters_of_one_are_as_independent_subjects() => s_observations.Sample(observations =>
    {
        var apart = KaplanMeier.Fit(
            observations.SelectMany(group => Enumerable.Repeat(group, (int)group.Count)).Select((one, i) => one with { Count = 1, Cluster = i }));
        for (var time = 0; time <= 30; time++)
        {
            if (apart.At(time) is { LogError: { } error, ClusteredLogError: { } clustered })
            {
                Assert.Equal(error, clustered, 1e-9);
            }
        }
    });

    [Fact]
    public void Doubling_all_members_of_each_cluster_tells_nothing_new() => s_observations.Sample(observations =>
    {
        var (once, twice) = (KaplanMeier.Fit(observations).At(10), KaplanMeier.Fit([.. observations, .. observations]).At(10));
        if (once is { ClusteredLogError: { } error, LogError: > 0 and { } independent })
        {
            Assert.Equal(once.Survival, twice!.Survival, 1e-9);
            Assert.Equal(error, twice.ClusteredLogError!.Value, 1e-9);
            Assert.True(twice.LogError < independent);
        }
    });

    /// <summary>
    /// Clusters whose members all live as long as each other, half of them censored: of 95 % intervals, about 95 % must hold the truth. Those
    /// that take members as independent hold it far less often.
    /// </summary>
    [Fact]
    public void Clustered_intervals_hold_the_truth_as_often_as_they_say()
    {
        const int runs = 1000;
        var random = new Random(20261123);
        var (clustered, independent) = (0, 0);
        for (var run = 0; run < runs; run++)
        {
            var survival = KaplanMeier.Fit(Enumerable.Range(0, 60).Select(cluster =>
            {
                var (life, watched) = (-Math.Log(1 - random.NextDouble()), 2 * random.NextDouble());
                return new Observation(Math.Min(life, watched), life <= watched, random.Next(5, 15), cluster);
            }));
            var estimate = survival.At(0.5)!;
            clustered += Holds(estimate.Clustered) ? 1 : 0;
            independent += Holds(estimate.Independent) ? 1 : 0;
        }

        Assert.InRange(clustered, 0.93 * runs, 0.97 * runs);
        Assert.InRange(independent, 0, 0.7 * runs);

        static bool Holds(ConfidenceInterval? interval) => interval is { } limits && limits.Lower <= Math.Exp(-0.5) && Math.Exp(-0.5) <= limits.Upper;
    }

    private static KaplanMeier Freireich() =>
        KaplanMeier.Fit(s_weeks.Select((week, patient) => new Observation(Math.Abs(week), week > 0, 1, patient)));
}
