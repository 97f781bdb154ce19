using Airworthy.Statistics;
using Xunit;

namespace Airworthy.Tests.Statistics;

public class OddsRatioTests
{
    [Fact]
    public void Of_one_table_it_is_the_conditional_estimate()
    {
        // Fisher's tea: 3 of 4 against 1 of 4; the conditional estimate is 6.408 (R, fisher.test).
        Assert.Equal(6.408309, OddsRatio.Of([new Stratum(new Tally(4, 3), new Tally(4, 1))]).Estimate!.Value, 1e-4);
    }

    [Fact]
    public void Where_all_bad_ones_are_on_one_side_it_has_no_number_between()
    {
        Assert.Equal(0, OddsRatio.Of([new Stratum(new Tally(9, 0), new Tally(9, 3))]).Estimate);
        Assert.Equal(double.PositiveInfinity, OddsRatio.Of([new Stratum(new Tally(9, 3), new Tally(9, 0))]).Estimate);
        Assert.Null(OddsRatio.Of([new Stratum(new Tally(9, 0), new Tally(9, 0))]).Estimate);
    }

    [Fact]
    public void Bursts_scatter_more_than_chance_has_it()
    {
        var even = Enumerable.Range(0, 40).Select(i => new Stratum(new Tally(1000, 10 + (i % 5)), new Tally(1000, 14 - (i % 5)))).ToList();
        var bursts = Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? new Stratum(new Tally(1000, 24), new Tally(1000, 0))
            : new Stratum(new Tally(1000, 0), new Tally(1000, 24))).ToList();
        Assert.InRange(OddsRatio.Of(even).Dispersion!.Value, 0, 1);
        Assert.InRange(OddsRatio.Of(bursts).Dispersion!.Value, 10, 30);
        Assert.Null(OddsRatio.Of(even.Take(9).ToList()).Dispersion);
    }
}
