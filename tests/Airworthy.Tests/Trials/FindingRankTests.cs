using Airworthy.Trials;
using Airworthy.Trials.Reporting;
using Airworthy.Trials.Running;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>What nobody meant comes before what everybody meant.</summary>
public sealed class FindingRankTests
{
    private static readonly ChangeWords s_silent = new("Tidy up", new HashSet<string>());

    [Fact]
    public void A_new_exception_comes_before_another_value_and_that_before_another_message()
    {
        Assert.True(Score(DifferenceKind.NewException) > Score(DifferenceKind.Value));
        Assert.True(Score(DifferenceKind.Value) > Score(DifferenceKind.Message));
        Assert.True(Score(DifferenceKind.Crash) > Score(DifferenceKind.NewException));
    }

    [Fact]
    public void A_null_where_none_is_promised_comes_after_a_plain_input() =>
        Assert.True(Score(DifferenceKind.Value) > Score(DifferenceKind.NewException, oddness: 3));

    [Fact]
    public void What_the_commit_message_speaks_of_comes_later_and_says_so()
    {
        var told = FindingRank.Of(Unit(), Difference(DifferenceKind.Value, 0), new ChangeWords("Make Pieces round half up", new HashSet<string>()));
        Assert.True(told.IsSpokenOf);
        Assert.Contains("the commit message names Pieces", told.Reasons);
        Assert.True(told.Score < Score(DifferenceKind.Value));
    }

    [Fact]
    public void A_documented_exception_is_spoken_of()
    {
        var unit = Unit() with { Documented = ["System.ArgumentOutOfRangeException"] };
        Assert.True(FindingRank.Of(unit, Difference(DifferenceKind.NewException, 0) with { Head = "throws System.ArgumentOutOfRangeException: too many" }, s_silent).IsSpokenOf);
        Assert.False(FindingRank.Of(unit, Difference(DifferenceKind.NewException, 0) with { Head = "throws System.FormatException: no" }, s_silent).IsSpokenOf);
    }

    [Fact]
    public void What_outside_code_can_not_call_comes_later() =>
        Assert.True(FindingRank.Of(Unit() with { IsPublic = false }, Difference(DifferenceKind.Value, 0), s_silent).Score < Score(DifferenceKind.Value));

    private static double Score(DifferenceKind kind, double oddness = 0) => FindingRank.Of(Unit(), Difference(kind, oddness), s_silent).Score;

    private static TrialUnit Unit() => new("M:Shop.Refunds.Pieces", "Refunds.Pieces(int)", "src/Refunds.cs", 1, 2, "M:Shop.Refunds.Pieces", "M:Shop.Refunds.Pieces", TrialOrigin.Changed, null, null, LiteralPool.Empty) { IsPublic = true };

    private static TrialDifference Difference(DifferenceKind kind, double oddness) => new(kind, "Refunds.Pieces(1)", "1", "2", "", oddness, 2, "", null, null);
}
