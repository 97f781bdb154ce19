using Airworthy.Statistics;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Statistics;

public class SplitProcessTests
{
    [Fact]
    public void Split_as_configured_its_expectation_is_one() => Gen.Select(Gen.Int[1, 60], Gen.Double[0.05, 0.95]).Sample((calls, share) =>
    {
        var (sum, chance) = (0.0, Math.Pow(1 - share, calls));
        for (var k = 0; k <= calls; k++)
        {
            sum += chance * Math.Exp(SplitProcess.LogE([k, calls - k], [share, 1 - share]));
            chance *= (double)(calls - k) / (k + 1) * share / (1 - share);
        }

        Assert.Equal(1, sum, 1e-8);
    });

    [Fact]
    public void A_split_that_is_off_is_noticed_and_one_that_is_not_is_not()
    {
        Assert.True(SplitProcess.LogE([5_500, 4_500], [0.5, 0.5]) > EProcess.Threshold(0.001));
        Assert.True(SplitProcess.LogE([5_050, 4_950], [0.5, 0.5]) < 0);
        Assert.Equal(0, SplitProcess.LogE([0, 0], [0.1, 0.9]), 1e-12);
    }

    [Fact]
    public void Shares_that_are_none_are_refused() => Assert.Throws<ArgumentException>(() => SplitProcess.LogE([1, 2], [0.5, 0.6]));
}
