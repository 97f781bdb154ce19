using System.Numerics;
using Airworthy.Statistics;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Statistics;

public class FisherHypergeometricTests
{
    private static readonly Gen<Stratum> s_small =
        from change in Gen.Long[0, 30]
        from baseline in Gen.Long[0, 30]
        from bad in Gen.Long[0, change]
        from other in Gen.Long[0, baseline]
        select new Stratum(new Tally(change, bad), new Tally(baseline, other));

    [Fact]
    public void It_is_the_formula_summed_in_whole_numbers() => Gen.Select(s_small, Gen.Int[1, 10]).Sample((stratum, ratio) =>
    {
        var expected = (double)Term(stratum, stratum.Change.Bad, ratio) / (double)Sum(stratum, ratio);
        Assert.Equal(expected, Math.Exp(FisherHypergeometric.LogProbability(stratum, ratio)), 1e-12);
    });

    [Fact]
    public void The_chances_of_all_splits_are_together_one() => Gen.Select(s_small, Gen.Double[0.05, 20]).Sample((stratum, ratio) =>
        Assert.Equal(1, Splits(stratum).Sum(split => Math.Exp(FisherHypergeometric.LogProbability(split, ratio))), 1e-12));

    [Fact]
    public void Its_moments_are_those_of_its_chances() => Gen.Select(s_small, Gen.Double[0.05, 20]).Sample((stratum, ratio) =>
    {
        var splits = Splits(stratum).Select(split => (K: (double)split.Change.Bad, P: Math.Exp(FisherHypergeometric.LogProbability(split, ratio)))).ToList();
        var mean = splits.Sum(split => split.K * split.P);
        var (told, variance) = FisherHypergeometric.Moments(stratum, ratio);
        Assert.Equal(mean, told, 1e-9);
        Assert.Equal(splits.Sum(split => split.P * Math.Pow(split.K - mean, 2)), variance, 1e-9);
    });

    [Theory]
    [InlineData(1e6, 1e8)]
    [InlineData(1e9, 1e12)]
    public void Of_rare_failures_among_many_it_is_the_binomial(double change, double baseline)
    {
        var stratum = new Stratum(new Tally((long)change, 7), new Tally((long)baseline, 3));
        var on = 2 * change / ((2 * change) + baseline);
        var binomial = Math.Log(120) + (7 * Math.Log(on)) + (3 * Math.Log(1 - on));
        Assert.Equal(binomial, FisherHypergeometric.LogProbability(stratum, 2), 1e-4);
    }

    [Fact]
    public void Half_of_many_bad_is_told_too()
    {
        var stratum = new Stratum(new Tally(1_000_000, 501_000), new Tally(1_000_000, 499_000));
        var (mean, variance) = FisherHypergeometric.Moments(stratum, 1);
        Assert.Equal(500_000, mean, 1e-3);
        Assert.Equal(125_000, variance, 1.0);
        // The normal limit, a thousand to the right of its middle.
        Assert.Equal(-(1000.0 * 1000 / (2 * 125_000)) - (0.5 * Math.Log(2 * Math.PI * 125_000)), FisherHypergeometric.LogProbability(stratum, 1), 1e-3);
    }

    [Fact]
    public void What_can_only_be_split_one_way_tells_nothing()
    {
        Assert.Equal(0, FisherHypergeometric.LogProbability(new Stratum(new Tally(9, 0), new Tally(9, 0)), 3));
        Assert.Equal(0, FisherHypergeometric.LogProbability(new Stratum(new Tally(9, 9), new Tally(9, 9)), 3));
        Assert.Equal(0, FisherHypergeometric.LogProbability(new Stratum(new Tally(9, 4), new Tally(0, 0)), 3));
    }

    [Fact]
    public void More_bad_than_there_are_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FisherHypergeometric.LogProbability(new Stratum(new Tally(1, 2), new Tally(9, 0)), 2));

    internal static IEnumerable<Stratum> Splits(Stratum stratum)
    {
        for (var k = Math.Max(0, stratum.Bad - stratum.Baseline.Calls); k <= Math.Min(stratum.Change.Calls, stratum.Bad); k++)
        {
            yield return new Stratum(stratum.Change with { Bad = k }, stratum.Baseline with { Bad = stratum.Bad - k });
        }
    }

    private static BigInteger Sum(Stratum stratum, int ratio) =>
        Splits(stratum).Aggregate(BigInteger.Zero, (sum, split) => sum + Term(split, split.Change.Bad, ratio));

    private static BigInteger Term(Stratum stratum, long k, int ratio) =>
        Choose(stratum.Change.Calls, k) * Choose(stratum.Baseline.Calls, stratum.Bad - k) * BigInteger.Pow(ratio, (int)k);

    private static BigInteger Choose(long n, long k)
    {
        var result = BigInteger.One;
        for (var i = 0L; i < k; i++)
        {
            result = result * (n - i) / (i + 1);
        }

        return result;
    }
}
