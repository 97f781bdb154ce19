using Airworthy.Statistics;
using Xunit;

namespace Airworthy.Tests.Statistics;

public class WaldTestTests
{
    [Theory]
    [InlineData(0.05, 0.3)]
    [InlineData(0.3, 0.05)]
    public void It_decides_for_the_wrong_rate_at_most_as_often_as_stated(double truth, double other)
    {
        const double error = 0.05;
        var test = new WaldTest(Math.Min(truth, other), Math.Max(truth, other), error);
        var random = new Random(20260301);
        var wrong = 0;
        const int trials = 4000;
        for (var i = 0; i < trials; i++)
        {
            int failed = 0, passed = 0;
            bool? high;
            while ((high = test.Decide(failed, passed)) is null)
            {
                _ = random.NextDouble() < truth ? failed++ : passed++;
            }

            wrong += high == (truth > other) ? 0 : 1;
        }

        // Three standard errors above.
        Assert.InRange(wrong / (double)trials, 0, error + (3 * Math.Sqrt(error * (1 - error) / trials)));
    }

    [Fact]
    public void Nothing_seen_decides_nothing()
    {
        Assert.Null(new WaldTest(0.1, 0.5, 0.05).Decide(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WaldTest(0.5, 0.5, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WaldTest(0, 0.5, 0.05));
    }
}
