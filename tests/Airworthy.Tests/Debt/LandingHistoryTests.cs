using Airworthy.Debt;
using Xunit;
using static Airworthy.Tests.Debt.MainLine;

namespace Airworthy.Tests.Debt;

/// <summary>When commits reach the main line.</summary>
public class LandingHistoryTests
{
    [Fact]
    public void A_commit_of_a_branch_lands_with_its_merge_whenever_it_was_written()
    {
        var landings = new MainLine().Commit(1, 0).Commit(2, 3, 1).Commit(3, 4, 2).Commit(4, 10, 1, 3).Commit(5, 20, 4).Landings();

        Assert.Equal(new Landing(0, Day(0)), landings.Of(Id(1)));
        Assert.Equal(new Landing(1, Day(10)), landings.Of(Id(2)));
        Assert.Equal(new Landing(1, Day(10)), landings.Of(Id(3)));
        Assert.Equal(new Landing(1, Day(10)), landings.Of(Id(4)));
        Assert.Equal(Day(20), landings.Until);
        Assert.Equal(3, landings.Count);
    }

    [Fact]
    public void A_branch_of_a_branch_lands_when_the_main_line_first_has_it()
    {
        var landings = new MainLine().Commit(1, 0).Commit(2, 1, 1).Commit(3, 2, 1).Commit(4, 3, 2, 3).Commit(5, 5, 1, 3).Commit(6, 8, 5, 4).Landings();

        Assert.Equal(1, landings.Of(Id(3)).Place);
        Assert.Equal(2, landings.Of(Id(2)).Place);
        Assert.Equal(2, landings.Of(Id(4)).Place);
    }

    [Fact]
    public void Two_roots_land_each_with_the_commit_that_brought_it()
    {
        var landings = new MainLine().Commit(1, 0).Commit(2, 1).Commit(3, 4, 1, 2).Landings();

        Assert.Equal(new Landing(0, Day(0)), landings.Of(Id(1)));
        Assert.Equal(new Landing(1, Day(4)), landings.Of(Id(2)));
    }

    [Fact]
    public void A_hundred_thousand_commits_in_a_row_land_one_after_the_other()
    {
        var line = new MainLine().Commit(1, 0);
        for (var commit = 2; commit <= 100_000; commit++)
        {
            line.Commit(commit, commit / 100.0, commit - 1);
        }

        Assert.Equal(new Landing(99_999, Day(1000)), line.Landings().Of(Id(100_000)));
    }
}
