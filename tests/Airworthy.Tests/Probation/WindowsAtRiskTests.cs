using Airworthy.Probation;
using Airworthy.Statistics;
using Xunit;

namespace Airworthy.Tests.Probation;

public class WindowsAtRiskTests
{
    [Fact]
    public void A_burst_is_one_episode_however_many_calls_it_meets_and_however_long_it_lasts()
    {
        var windows = new WindowsAtRisk();
        Assert.Equal([new Stratum(new Tally(1, 1), new Tally(1, 0))], windows.Of([Change(100, 60), Baseline(100, 0)]));
        Assert.Equal([new Stratum(default, new Tally(1, 0))], windows.Of([Change(100, 90), Baseline(100, 0)]));
        Assert.Equal([new Stratum(default, new Tally(1, 0))], windows.Of([Change(100, 0), Baseline(100, 0)]));
        Assert.Equal([new Stratum(new Tally(1, 0), new Tally(1, 0))], windows.Of([Change(100, 0), Baseline(100, 0)]));
    }

    [Fact]
    public void A_minute_without_an_instance_ends_its_episodes()
    {
        var windows = new WindowsAtRisk();
        windows.Of([Change(100, 60)]);
        Assert.Empty(windows.Of([]));
        Assert.Equal([new Stratum(new Tally(1, 1), default)], windows.Of([Change(100, 60)]));
    }

    [Fact]
    public void Instances_of_another_load_are_not_compared() => Assert.Equal(
        [new Stratum(new Tally(1, 0), default), new Stratum(default, new Tally(1, 1))],
        new WindowsAtRisk().Of([Change(10, 0), Baseline(110, 1)]));

    [Fact]
    public void What_is_tolerated_is_not_bad()
    {
        var windows = new WindowsAtRisk(calls => calls / 20);
        Assert.Equal([new Stratum(new Tally(1, 0), new Tally(1, 1))], windows.Of([Change(100, 5), Baseline(100, 6)]));
    }

    [Fact]
    public void A_failure_whose_call_was_counted_before_is_seen_and_an_idle_instance_is_not()
    {
        Assert.Equal([new Stratum(new Tally(1, 1), default)], new WindowsAtRisk().Of([Change(0, 1), Baseline(0, 0)]));
    }

    private static InstanceMinute Change(long calls, long bad) => new("c", HasChange: true, calls, bad);

    private static InstanceMinute Baseline(long calls, long bad) => new("b", HasChange: false, calls, bad);
}
