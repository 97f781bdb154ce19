using Airworthy.Statistics;
using Xunit;

namespace Airworthy.Tests.Statistics;

public class DesignEffectTests
{
    [Theory]
    [InlineData(0, 1, 1.8)]
    [InlineData(5, 9, 17)]
    [InlineData(30, 40, 90)]
    public void Units_that_stay_as_they_were_for_some_steps_count_less(int stay, double least, double most)
    {
        // Each keeps what it was with a chance of 1 - 1/(stay + 1): 1 + 2 Σ ρ = 1 + 2 · stay steps count as one.
        var (random, effect, bad) = (new Random(1), new DesignEffect<int>(), new bool[8]);
        for (var step = 0; step < 4_000; step++)
        {
            for (var i = 0; i < bad.Length; i++)
            {
                bad[i] = random.Next(stay + 1) == 0 ? random.Next(2) == 0 : bad[i];
            }

            Step(effect, bad);
        }

        Assert.InRange(effect.Factor!.Value, least, most);
    }

    [Fact]
    public void Units_that_differ_for_good_count_hardly_at_all()
    {
        var (random, effect) = (new Random(2), new DesignEffect<int>());
        for (var step = 0; step < 1_440; step++)
        {
            Step(effect, [.. Enumerable.Range(0, 6).Select(i => random.Next(10) < (i % 2 == 0 ? 7 : 3))]);
        }

        // A day of 1,440 steps is not six days of three: what lasts is told from a few hours on.
        Assert.InRange(effect.Factor!.Value, 100, 4_000);
    }

    [Fact]
    public void Too_few_steps_and_units_without_a_like_tell_nothing()
    {
        var (few, alone) = (new DesignEffect<int>(), new DesignEffect<int>());
        for (var step = 0; step < 1_000; step++)
        {
            Step(alone, [step % 2 == 0]);
            if (step < 60)
            {
                Step(few, [step % 3 == 0, step % 2 == 0]);
            }
        }

        Assert.Null(few.Factor);
        Assert.Null(alone.Factor);
    }

    [Fact]
    public void Units_that_never_differ_are_as_good_as_independent()
    {
        var effect = new DesignEffect<int>();
        for (var step = 0; step < 1_000; step++)
        {
            Step(effect, [true, true, true, true]);
        }

        Assert.Equal(1, effect.Factor);
    }

    [Fact]
    public void Two_that_are_bad_in_turn_have_an_effect_that_is_a_number()
    {
        var effect = new DesignEffect<int>();
        for (var step = 0; step < 16_000; step++)
        {
            Step(effect, [step % 2 == 0, step % 2 == 1]);
        }

        Assert.True(double.IsFinite(effect.Factor!.Value));
    }

    [Fact]
    public void What_counts_as_an_eighth_moves_the_evidence_by_an_eighth()
    {
        var stratum = new Stratum(new Tally(10, 4), new Tally(10, 1));
        Assert.Equal(EProcess.OfNoHarm(2).With(stratum).LogE / 8, EProcess.OfNoHarm(2).With(stratum, 1.0 / 8).LogE, 1e-12);
        Assert.Equal(0, EProcess.OfHarm().With(stratum, 0).LogE);
        var (whole, eighth) = (RateProcess.Below(0.5, [0.5]), RateProcess.Below(0.5, [0.5]));
        Assert.Equal(whole.With(new Tally(9, 3)).LogE / 8, eighth.With(new Tally(9, 3), 1.0 / 8).LogE, 1e-12);
    }

    private static void Step(DesignEffect<int> effect, bool[] bad)
    {
        effect.Add([.. bad.Select((isBad, i) => (i, isBad))]);
        effect.Step();
    }
}
