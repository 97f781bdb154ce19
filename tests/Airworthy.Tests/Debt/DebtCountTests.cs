using Airworthy.Debt;
using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Debt;

/// <summary>Agent debt is counted by statements that an agent wrote and production has not proven; all else stands beside it.</summary>
public class DebtCountTests
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Authorship s_claude = new(AuthorKind.Ai, [new Agent("claude-code", "opus-4.6", null)], [], AuthorshipBasis.Commit);

    [Fact]
    public void What_is_proven_is_no_debt_and_what_nobody_knows_is_neither()
    {
        var count = new DebtCount(s_now);
        count.Add(new RepoPath("src/a.cs"), s_claude, s_now.AddDays(-1), 5, isProven: false, weight: 2, isExposed: true);
        count.Add(new RepoPath("src/a.cs"), s_claude, s_now.AddDays(-1), 7, isProven: true, weight: 2, isExposed: true);
        count.Add(new RepoPath("src/b.cs"), Authorship.Unknown, s_now, 3, isProven: false, weight: 1, isExposed: false);

        var figures = count.Figures();

        Assert.Equal(new DebtGroup("ai", 12, 5, 10), figures.All);
        Assert.Equal((3, 0, 5, 15), (figures.Unknown, figures.Human, figures.Exposed, figures.Statements));
    }

    [Fact]
    public void Groups_tell_where_whose_and_how_old_it_is_the_heaviest_first()
    {
        var count = new DebtCount(s_now);
        count.Add(new RepoPath("lib/a.cs"), s_claude, s_now.AddDays(-400), 1, isProven: false, weight: 1, isExposed: false);
        count.Add(new RepoPath("src/a.cs"), s_claude, s_now.AddDays(-31), 2, isProven: false, weight: 1, isExposed: false);

        var figures = count.Figures();

        Assert.Equal(["src", "lib"], figures.Folders.Select(group => group.Name));
        Assert.Equal(["claude-code"], figures.Agents.Select(group => group.Name));
        Assert.Equal(["claude-code opus-4.6"], figures.Models.Select(group => group.Name));
        Assert.Equal([0, 2, 0, 1], figures.Ages.Select(group => group.Unproven));
    }

    [Fact]
    public void A_statement_weighs_more_the_more_depends_on_it_and_the_more_it_runs()
    {
        Assert.Equal(1, DebtWeight.Of(1, 0));
        Assert.Equal(1, DebtWeight.Of(1, 1));
        Assert.Equal(12, DebtWeight.Of(3, 1000), 9);
    }
}
