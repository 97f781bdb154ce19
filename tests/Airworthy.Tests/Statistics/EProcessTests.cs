using Airworthy.Statistics;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Statistics;

public class EProcessTests
{
    [Fact]
    public void The_ratio_that_matters_is_among_the_harms_that_are_mixed()
    {
        Assert.Equal([1.5, 2, 3, 5, 10], EProcess.OfHarm(3).Alternatives);
        Assert.Equal([1.5, 2, 3, 5, 10, 1.2], EProcess.OfHarm(1.2).Alternatives);
    }

    private static readonly Gen<Stratum> s_stratum =
        from change in Gen.Long[1, 12]
        from baseline in Gen.Long[1, 12]
        from bad in Gen.Long[0, change]
        from other in Gen.Long[0, baseline]
        select new Stratum(new Tally(change, bad), new Tally(baseline, other));

    [Fact]
    public void Where_the_hypothesis_holds_its_expectation_is_at_most_one() =>
        Gen.Select(s_stratum, s_stratum, Gen.Double[0.1, 1]).Sample((first, second, truth) =>
        {
            Assert.InRange(Expectation(EProcess.OfHarm(), first, second, truth), 0, 1 + 1e-9);
            Assert.InRange(Expectation(EProcess.OfNoHarm(2), first, second, 2 / truth), 0, 1 + 1e-9);
        });

    [Fact]
    public void At_the_edge_of_the_hypothesis_its_expectation_is_one() => Gen.Select(s_stratum, s_stratum).Sample((first, second) =>
    {
        Assert.Equal(1, Expectation(EProcess.OfHarm(), first, second, 1), 1e-9);
        Assert.Equal(1, Expectation(EProcess.OfNoHarm(2), first, second, 2), 1e-9);
    });

    [Fact]
    public void It_is_the_mean_of_products_and_not_the_product_of_means()
    {
        var stratum = new Stratum(new Tally(10, 3), new Tally(10, 1));
        var products = EProcess.Harms.Select(ratio => Math.Exp(2 * (FisherHypergeometric.LogProbability(stratum, ratio) - FisherHypergeometric.LogProbability(stratum, 1))));
        Assert.Equal(Math.Log(products.Average()), EProcess.OfHarm().With(stratum).With(stratum).LogE, 1e-12);
    }

    [Fact]
    public void The_order_of_strata_changes_nothing_but_the_highest() => Gen.Select(s_stratum.Array[1, 12], Gen.Int[0, 99]).Sample((strata, seed) =>
    {
        var process = strata.Aggregate(EProcess.OfHarm(), (gathered, stratum) => gathered.With(stratum));
        var shuffled = strata.OrderBy(stratum => HashCode.Combine(stratum, seed)).Aggregate(EProcess.OfHarm(), (gathered, stratum) => gathered.With(stratum));
        Assert.Equal(process.LogE, shuffled.LogE, 1e-9);
        Assert.True(process.HighestLogE >= process.LogE && process.HighestLogE >= 0);
    });

    [Fact]
    public void An_interval_without_failures_or_without_a_baseline_tells_nothing()
    {
        var begun = EProcess.OfHarm();
        Assert.Same(begun, begun.With(new Stratum(new Tally(1000, 0), new Tally(1000, 0))));
        Assert.Same(begun, begun.With(new Stratum(new Tally(1000, 400), new Tally(0, 0))));
    }

    [Theory]
    [InlineData(0.01, 4.605)]
    [InlineData(0.05, 2.996)]
    public void Its_threshold_is_the_inverse_of_the_error(double alpha, double threshold) => Assert.Equal(threshold, EProcess.Threshold(alpha), 1e-3);

    private static double Expectation(EProcess begun, Stratum first, Stratum second, double truth) =>
        FisherHypergeometricTests.Splits(first).Sum(one => Chance(one, truth) * FisherHypergeometricTests.Splits(second).Sum(two =>
            Chance(two, truth) * Math.Exp(begun.With(one).With(two).LogE)));

    private static double Chance(Stratum stratum, double truth) => Math.Exp(FisherHypergeometric.LogProbability(stratum, truth));
}
