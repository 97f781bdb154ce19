using Airworthy.Statistics;
using Xunit;

namespace Airworthy.Tests.Statistics;

public class TrendProcessTests
{
    [Fact]
    public void Without_failures_it_says_nothing()
    {
        var process = new TrendProcess(2);
        process.Add(0, isAfter: true, new Stratum(new Tally(10, 0), new Tally(10, 0)));
        Assert.Equal((0.0, 0.0), (process.Harm, process.NoHarm));
    }

    [Fact]
    public void What_was_always_so_is_no_harm_however_different_the_control_is()
    {
        // The unit's odds of failing always were nearly five times the control's; afterwards all odds are three times what they were.
        var process = Run(seed: 1, before: (0.20, 0.05), after: (0.4286, 0.1364), strata: 1_500);
        Assert.True(process.NoHarm > EProcess.Threshold(0.001), $"{process.NoHarm}");
        Assert.True(process.Highest.Harm < 3, $"{process.Highest.Harm}");
    }

    [Fact]
    public void Harm_is_seen_beside_a_control_that_improved()
    {
        var process = Run(seed: 2, before: (0.10, 0.10), after: (0.12, 0.03), strata: 1_500);
        Assert.True(process.Harm > EProcess.Threshold(0.001), $"{process.Harm}");
    }

    [Fact]
    public void Without_a_before_nothing_is_known_to_compare_with()
    {
        var process = Run(seed: 3, before: (0, 0), after: (0.30, 0.02), strata: 800);
        Assert.True(process.Highest.Harm < 1, $"{process.Highest.Harm}");
        Assert.True(process.Highest.NoHarm < 1, $"{process.Highest.NoHarm}");
    }

    [Fact]
    public void A_harmless_change_hardly_ever_looks_harmful_at_any_look_and_a_harmful_one_harmless()
    {
        const int runs = 60;
        var (falseHarm, falseProof) = (0, 0);
        for (var run = 0; run < runs; run++)
        {
            falseHarm += Run(run, before: (0.04, 0.1), after: (0.08, 0.2), strata: 200).Highest.Harm >= EProcess.Threshold(0.05) ? 1 : 0;
            falseProof += Run(run, before: (0.04, 0.1), after: (Odds(0.04), 0.1), strata: 200).Highest.NoHarm >= EProcess.Threshold(0.05) ? 1 : 0;
        }

        Assert.InRange(falseHarm, 0, 6);
        Assert.InRange(falseProof, 0, 6);

        static double Odds(double rate) => 2 * rate / (1 + rate);
    }

    private static TrendProcess Run(int seed, (double Unit, double Control) before, (double Unit, double Control) after, int strata)
    {
        var random = new Random(seed);
        var process = new TrendProcess(2);
        for (var i = 0; i < 2 * strata; i++)
        {
            var (isAfter, rates) = (i >= strata, i >= strata ? after : before);
            process.Add(0, isAfter, new Stratum(new Tally(3, Bad(rates.Unit)), new Tally(3, Bad(rates.Control))));
        }

        return process;

        long Bad(double rate) => Enumerable.Range(0, 3).Count(_ => random.NextDouble() < rate);
    }
}
