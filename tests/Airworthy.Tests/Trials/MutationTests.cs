using Airworthy.Trials.Mutation;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>What becomes of mutants: which tests notice, which inputs show what they let pass.</summary>
public sealed class MutationTests(MutatedChange change) : IClassFixture<MutatedChange>
{
    [Fact]
    public void A_boundary_that_no_test_stands_on_is_a_gap_with_its_test()
    {
        var mutant = change.Of("cents >= 5000", "cents > 5000");
        Assert.Equal(MutantFate.Survived, change.Judged[mutant.Id].Fate);
        var difference = change.Shown[mutant.Id].Difference!;
        Assert.Equal(("Fees.Of(5000)", "0", "250"), (difference.Input, difference.Base, difference.Head));
        Assert.Equal("0", difference.Test!.Expected);
    }

    [Theory]
    [InlineData("cents >= 5000", "cents < 5000", "FeesTests.Of")]
    [InlineData("n < 0", "n <= 0", "FeesTests.Sign")]
    [InlineData("throw new ArgumentException(\"no fee is negative\", nameof(n));", "", "FeesTests.Checked")]
    [InlineData("n += 1;", "n -= 1;", "FeesTests.Twice")]
    public void The_test_that_notices_is_named(string original, string replacement, string test)
    {
        var mutant = change.Plan.Mutants.First(one => one.Original == original && one.Replacement == replacement);
        var judged = change.Judged[mutant.Id];
        Assert.Equal(MutantFate.Killed, judged.Fate);
        Assert.StartsWith(test, judged.By, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mutant_that_does_not_end_is_noticed_without_waiting_for_it() => Assert.Equal(MutantFate.TimedOut, change.Judged[change.Of("i++;", "").Id].Fate);

    [Fact]
    public void What_does_the_same_is_shown_by_no_input()
    {
        var mutant = change.Of("a >= b", "a > b");
        Assert.Equal(MutantFate.Survived, change.Judged[mutant.Id].Fate);
        Assert.Null(change.Shown[mutant.Id].Difference);
        Assert.InRange(change.Shown[mutant.Id].Inputs, 1000, long.MaxValue);
    }

    [Fact]
    public void What_no_test_runs_is_not_covered_and_an_input_shows_it()
    {
        var mutant = change.Of("n * 3", "n / 3");
        Assert.Equal(MutantFate.NoCoverage, change.Judged[mutant.Id].Fate);
        Assert.NotNull(change.Shown[mutant.Id].Difference);
    }

    [Fact]
    public void What_the_compiler_refuses_is_rolled_back_alone()
    {
        Assert.False(change.Of("sign = 1;", "").Compiles);
        Assert.True(change.Plan.Mutants.Where(mutant => mutant.Original.StartsWith("n < 0", StringComparison.Ordinal)).All(mutant => mutant.Compiles));
        Assert.NotEmpty(change.Plan.Assembly);
    }

    [Fact]
    public void Messages_and_names_are_left_alone()
    {
        Assert.DoesNotContain(change.Plan.Mutants, mutant => mutant.Original.Contains("\"no fee", StringComparison.Ordinal) && mutant.Mutator == "literal");
        Assert.InRange(change.Plan.Arid, 1, 5);
    }

    [Fact]
    public void Tests_that_fail_by_themselves_or_never_end_or_are_skipped_judge_nothing() => Assert.Equal(new TestSuite(13, 10, 2, 1), change.Suite);

    [Fact]
    public void What_is_as_it_was_at_the_base_has_no_mutants_though_nobody_built_the_base() => Assert.DoesNotContain(change.Plan.Mutants, mutant => mutant.Original.Contains('7', StringComparison.Ordinal));
}
