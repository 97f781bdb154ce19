using Airworthy.Probation;
using Airworthy.Statistics;
using Xunit;

namespace Airworthy.Tests.Probation;

public class WindowsAtRiskTests
{
    [Fact]
    public void A_burst_is_one_episode_however_many_calls_it_meets_and_however_long_it_lasts()
    {
        var windows = new WindowsAtRisk(Metric.Failures);
        Assert.Equal([new Stratum(new Tally(1, 1), new Tally(1, 0))], Concurrent(windows, Change(100, 60), Baseline(100, 0)));
        Assert.Equal([new Stratum(default, new Tally(1, 0))], Concurrent(windows, Change(100, 90), Baseline(100, 0)));
        Assert.Equal([new Stratum(default, new Tally(1, 0))], Concurrent(windows, Change(100, 0), Baseline(100, 0)));
        Assert.Equal([new Stratum(new Tally(1, 0), new Tally(1, 0))], Concurrent(windows, Change(100, 0), Baseline(100, 0)));
    }

    [Fact]
    public void An_episode_that_lasts_is_counted_again_after_two_hours_and_each_time_it_lasted_twice_as_long()
    {
        var windows = new WindowsAtRisk(Metric.Failures);
        var counted = Enumerable.Range(0, 24 * 60).Where(_ => windows.Of([Change(100, 1)]).Count > 0);
        Assert.Equal([0, 120, 240, 480, 960], counted);
    }

    [Fact]
    public void What_is_counted_again_does_not_speak_against_harm()
    {
        var windows = new WindowsAtRisk(Metric.Failures);
        for (var i = 0; i < WindowsAtRisk.Long; i++)
        {
            windows.Of([Change(100, 0), Baseline(100, 60)]);
        }

        var (all, first) = Assert.Single(WindowsAtRisk.Concurrent(windows.Of([Change(100, 0), Baseline(100, 60)])));
        Assert.Equal((new Stratum(new Tally(1, 0), new Tally(1, 1)), new Stratum(new Tally(1, 0), default)), (all, first));
    }

    [Fact]
    public void What_is_counted_again_says_nothing_of_before_and_after()
    {
        var windows = new WindowsAtRisk(Metric.Failures);
        var told = Enumerable.Range(0, WindowsAtRisk.Long + 1)
            .Select(_ => WindowsAtRisk.BesideControls(windows.Of([Baseline(100, 60), Control(100, 0) with { Instance = "b" }])).Count());
        Assert.Equal(1, told.Sum());
    }

    [Fact]
    public void By_the_median_half_of_all_minutes_are_bad_so_each_of_them_counts()
    {
        var windows = new WindowsAtRisk(Metric.Median);
        windows.Of([Slow(Side.Change, 60), Slow(Side.Baseline, 60), Slow(Side.Off, 40)]);
        Assert.Equal([new Stratum(new Tally(1, 1), new Tally(2, 1))], WindowsAtRisk.Concurrent(windows.Of([Slow(Side.Change, 60), Slow(Side.Baseline, 40), Slow(Side.Off, 60)])).Select(one => one.All));

        static InstanceMinute Slow(Side side, long over) => new($"{side}", side, 0, 0) { Timed = 100, OverMedian = over };
    }

    [Fact]
    public void A_minute_without_an_instance_ends_its_episodes()
    {
        var windows = new WindowsAtRisk(Metric.Failures);
        windows.Of([Change(100, 60)]);
        Assert.Empty(windows.Of([]));
        Assert.Equal([new Stratum(new Tally(1, 1), default)], Concurrent(windows, Change(100, 60)));
    }

    [Fact]
    public void Instances_of_another_load_are_not_compared() => Assert.Equal(
        [new Stratum(new Tally(1, 0), default), new Stratum(default, new Tally(1, 1))],
        Concurrent(new WindowsAtRisk(Metric.Failures), Change(10, 0), Baseline(110, 1)));

    [Fact]
    public void Slow_calls_are_bad_when_there_are_more_of_them_than_there_always_were()
    {
        Assert.Equal(
            [new Stratum(new Tally(1, 0), new Tally(1, 1))],
            Concurrent(new WindowsAtRisk(Metric.Tail), Change(100, 9) with { Timed = 100, OverTail = 5 }, Baseline(100, 0) with { Timed = 100, OverTail = 6 }));
        Assert.Equal(
            [new Stratum(new Tally(1, 0), new Tally(1, 1))],
            Concurrent(new WindowsAtRisk(Metric.Median), Change(100, 9) with { Timed = 100, OverMedian = 50 }, Baseline(100, 0) with { Timed = 100, OverMedian = 51 }));
        Assert.Empty(new WindowsAtRisk(Metric.Tail).Of([Change(100, 100)]));
    }

    [Fact]
    public void A_failure_whose_call_was_counted_before_is_seen_and_an_idle_instance_is_not() =>
        Assert.Equal([new Stratum(new Tally(1, 1), default)], Concurrent(new WindowsAtRisk(Metric.Failures), Change(0, 1), Baseline(0, 0)));

    [Fact]
    public void By_lot_a_minute_tells_when_one_side_of_an_instance_failed_and_each_side_counts_by_its_calls()
    {
        Assert.Equal([new Stratum(new Tally(10, 1), new Tally(90, 0))], Split(Change(10, 3), Off(90, 0)));
        Assert.Equal([new Stratum(new Tally(10, 0), new Tally(90, 0))], Split(Change(10, 0), Off(90, 0)));
        Assert.Empty(Split(Change(10, 1), Off(90, 1)));
        Assert.Empty(Split(Change(10, 1)));
        Assert.Empty(Split(Change(10, 1), Off(90, 0) with { Instance = "other" }));
    }

    [Fact]
    public void By_lot_an_outage_of_the_other_instances_tells_nothing_and_what_often_fails_counts_as_more_calls()
    {
        InstanceMinute On(string instance, long bad) => new(instance, Side.Change, 10, bad);
        InstanceMinute Off(string instance, long bad) => new(instance, Side.Off, 90, bad);
        Assert.Single(Split(On("a", 0), Off("a", 30), Off("b", 0), Off("c", 5)));
        Assert.Empty(Split(On("a", 0), Off("a", 30), Off("b", 30), Off("c", 30)));

        // Of those at risk, which a minute after a bad one is not, one in three fails without the change: 90 calls at odds of a half, as 90 · ½ / ln 3/2 would be by their rate.
        var windows = new WindowsAtRisk(Metric.Failures);
        for (var i = 0; i < 4_000; i++)
        {
            windows.Split(windows.Of([Off("a", i % 4 == 0 ? 1 : 0)]));
        }

        var counted = Assert.Single(windows.Split(windows.Of([On("a", 1), Off("a", 0)])));
        Assert.InRange(counted.Baseline.Calls, 109, 113);
        Assert.InRange(counted.Change.Calls, 10, 11);
    }

    [Fact]
    public void Units_are_set_beside_control_units_on_the_same_instances_by_whether_the_change_was_in()
    {
        var windows = new WindowsAtRisk(Metric.Failures).Of(
        [
            Change(100, 1), Control(400, 0) with { Instance = "c" }, Baseline(100, 0), Control(400, 1) with { Instance = "b" }, Control(9, 0) with { Instance = "alone" },
        ]);
        Assert.Equal(
            [(3, true, new Stratum(new Tally(1, 1), new Tally(1, 0))), (3, false, new Stratum(new Tally(1, 0), new Tally(1, 1)))],
            WindowsAtRisk.BesideControls(windows));
        Assert.Equal([new Stratum(new Tally(1, 1), new Tally(1, 0))], WindowsAtRisk.Concurrent(windows).Select(one => one.All));
    }

    private static IEnumerable<Stratum> Concurrent(WindowsAtRisk windows, params InstanceMinute[] minute) =>
        WindowsAtRisk.Concurrent(windows.Of(minute)).Select(one => one.All);

    private static IReadOnlyList<Stratum> Split(params InstanceMinute[] minute)
    {
        var windows = new WindowsAtRisk(Metric.Failures);
        return windows.Split(windows.Of(minute));
    }

    private static InstanceMinute Change(long calls, long bad) => new("c", Side.Change, calls, bad);

    private static InstanceMinute Off(long calls, long bad) => new("c", Side.Off, calls, bad);

    private static InstanceMinute Baseline(long calls, long bad) => new("b", Side.Baseline, calls, bad);

    private static InstanceMinute Control(long calls, long bad) => new("c", Side.Control, calls, bad);
}
