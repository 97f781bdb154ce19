using Airworthy.Statistics;
using Xunit;

namespace Airworthy.Tests.Statistics;

public class FalseDiscoveryTests
{
    [Fact]
    public void One_among_many_needs_more_than_one_alone()
    {
        var log = Math.Log(1.0 / 0.01);
        Assert.Equal([true], FalseDiscovery.Flag([log], 0.01));
        Assert.DoesNotContain(true, FalseDiscovery.Flag([log, .. Enumerable.Repeat(0.0, 99)], 0.01));
        Assert.Equal(0, FalseDiscovery.Flag([log + Math.Log(100), .. Enumerable.Repeat(0.0, 99)], 0.01).ToList().IndexOf(true));
    }

    [Fact]
    public void Several_help_each_other_over_the_bar()
    {
        // Of four, the first alone would need 400; the second 200 each if both have it.
        Assert.Equal([false, true, false, true], FalseDiscovery.Flag([0, Math.Log(201), 0, Math.Log(200)], 0.01));
        Assert.DoesNotContain(true, FalseDiscovery.Flag([0, Math.Log(201), 0, Math.Log(199)], 0.01));
    }

    [Fact]
    public void Of_none_none_is_flagged() => Assert.Empty(FalseDiscovery.Flag([], 0.01));
}
