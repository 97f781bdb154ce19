using Airworthy.Statistics;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Statistics;

public class RateProcessTests
{
    [Theory]
    [InlineData(0.001, 0.05, 2995)]
    [InlineData(0.001, 0.01, 4603)]
    public void So_many_without_a_failure_show_a_rate_below_the_limit(double limit, double alpha, long calls) =>
        Assert.Equal(calls, RateProcess.WithoutBad(limit, alpha));

    [Fact]
    public void Looking_at_any_time_costs_some_more_calls()
    {
        var needed = 0;
        for (var process = RateProcess.Below(0.001); process.LogE < EProcess.Threshold(0.01); process = process.With(new Tally(100, 0)))
        {
            needed += 100;
        }

        Assert.InRange(needed, 4_603, 4_603 * 1.3);
    }

    [Fact]
    public void Where_the_hypothesis_holds_its_expectation_is_at_most_one() =>
        Gen.Select(Gen.Long[1, 40], Gen.Double[0.01, 0.4], Gen.Double[0, 1]).Sample((calls, limit, how) =>
        {
            Assert.InRange(Expectation(RateProcess.Above(limit), calls, limit * how), 0, 1 + 1e-9);
            Assert.InRange(Expectation(RateProcess.Below(limit), calls, limit + ((1 - limit) * how)), 0, 1 + 1e-9);
        });

    [Fact]
    public void A_failure_speaks_against_none_and_for_more()
    {
        Assert.True(RateProcess.Below(0.01).With(new Tally(100, 1)).LogE < RateProcess.Below(0.01).With(new Tally(100, 0)).LogE);
        Assert.True(RateProcess.Above(0.01).With(new Tally(100, 9)).LogE > 1);
    }

    private static double Expectation(RateProcess process, long calls, double rate)
    {
        var (sum, chance) = (0.0, Math.Pow(1 - rate, calls));
        for (var bad = 0L; bad <= calls && chance > 0; bad++)
        {
            sum += chance * Math.Exp(process.With(new Tally(calls, bad)).LogE);
            chance *= (double)(calls - bad) / (bad + 1) * rate / (1 - rate);
        }

        return rate >= 1 ? 0 : sum;
    }
}
