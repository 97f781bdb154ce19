using System.Collections.Immutable;
using Airworthy.Debt;
using Airworthy.Model;
using Airworthy.Statistics;
using CsCheck;
using Xunit;
using static Airworthy.Tests.Debt.MainLine;

namespace Airworthy.Tests.Debt;

/// <summary>What became of lines, counted.</summary>
public class LifetimeCountTests
{
    // Commits 1 to 4 land on days 0, 10, 40 and 100.
    private static readonly Landings s_landings = new MainLine().Commit(1, 0).Commit(2, 10, 1).Commit(3, 40, 2).Commit(4, 100, 3).Landings();

    [Fact]
    public void Rework_is_of_the_lines_that_had_the_days_to_be_reworked()
    {
        var count = new LifetimeCount(s_landings, Within(30, 60));
        count.Add(Life(5, born: 1, died: 2), 5, Authorship.Unknown, AuthorKind.Unknown);
        count.Add(Life(7, born: 1, died: 3), 7, Authorship.Unknown, AuthorKind.Unknown);
        count.Add(Life(8, born: 1), 8, Authorship.Unknown, AuthorKind.Unknown);
        count.Add(Life(40, born: 3), 40, Authorship.Unknown, AuthorKind.Unknown);
        count.Add(Life(100, born: 4), 100, Authorship.Unknown, AuthorKind.Unknown);

        var all = count.Figures().All;

        // The lines of day 40 had 60 days, those of day 100 none.
        Assert.Equal((30, 5, 60), (all.Rework[0].Days, all.Rework[0].Lines.Part, all.Rework[0].Lines.Whole));
        Assert.Equal((60, 12, 60), (all.Rework[1].Days, all.Rework[1].Lines.Part, all.Rework[1].Lines.Whole));
        Assert.Equal((160, 148, 3), (all.Lines, all.Living, all.Commits));
    }

    [Fact]
    public void Lines_that_had_no_time_are_no_evidence_rather_than_none_reworked()
    {
        var count = new LifetimeCount(s_landings, Within(30));
        count.Add(Life(100, born: 4), 100, Authorship.Unknown, AuthorKind.Unknown);

        var figures = count.Figures();

        Assert.Null(figures.All.Rework[0].Lines.Share);
        Assert.Null(figures.Authors[0].Rework[0].Lines.Share);
        Assert.All(figures.Authors[0].Survival, point => Assert.Null(point.Estimate));
    }

    [Fact]
    public void Ways_of_asking_are_told_of_agents_lines_alone_and_with_how_many_are_known()
    {
        var count = new LifetimeCount(s_landings, Within(30));
        count.Add(Life(3, born: 1, died: 2), 3, Ai(new Agent("codex", Session: "s1")), AuthorKind.Unknown);
        count.Add(Life(4, born: 2), 4, Ai(new Agent("codex", Session: "s2")), AuthorKind.Unknown);
        count.Add(Life(5, born: 1), 5, Authorship.Unknown, AuthorKind.Unknown);

        var figures = count.Figures(new Dictionary<CommitId, ImmutableArray<string>> { [Life(1, born: 1).Born] = ["files named"] });

        var named = Assert.Single(figures.Prompts);
        Assert.Equal(("files named", 3L, 3L), (named.Name, named.Lines, figures.Asked));
        Assert.Equal([("codex s2", 4L), ("codex s1", 3L)], figures.Sessions.Select(session => (session.Name, session.Lines)));
    }

    [Fact]
    public void Who_took_whose_lines_is_told_apart_from_plain_deletions()
    {
        var count = new LifetimeCount(s_landings, Within(30));
        count.Add(Life(3, born: 1, died: 2, replaced: true), 3, Ai(new Agent("codex")), AuthorKind.Unknown);
        count.Add(Life(4, born: 1, died: 2, replaced: false), 4, Ai(new Agent("codex")), AuthorKind.Unknown);
        count.Add(Life(5, born: 1, died: 3, replaced: true), 5, Authorship.Unknown, AuthorKind.Ai);

        var figures = count.Figures();

        Assert.Equal(9, figures.Overwrites.Length);
        Assert.Contains(new Overwrite(AuthorKind.Ai, AuthorKind.Unknown, 3, 4), figures.Overwrites);
        Assert.Contains(new Overwrite(AuthorKind.Unknown, AuthorKind.Ai, 5, 0), figures.Overwrites);
        Assert.Equal((8, 4), (figures.All.Replaced, figures.All.Deleted));
        Assert.Equal(7, figures.Known);
    }

    [Fact]
    public void A_line_of_two_agents_counts_for_both_and_two_sessions_of_one_once()
    {
        var count = new LifetimeCount(s_landings, Within(30));
        count.Add(
            Life(6, born: 1),
            6,
            Ai(new Agent("codex"), new Agent("claude-code", "opus-4.6", "one"), new Agent("claude-code", "opus-4.6", "two")),
            AuthorKind.Unknown);

        var figures = count.Figures();

        Assert.Equal([("claude-code", 6L), ("codex", 6L)], figures.Agents.Select(agent => (agent.Name, agent.Lines)));
        Assert.Equal([("claude-code opus-4.6", 6L)], figures.Models.Select(model => (model.Name, model.Lines)));
        Assert.Equal(6, figures.All.Lines);
    }

    [Fact]
    public void Lines_gone_before_their_branch_landed_never_lived()
    {
        var landings = new MainLine().Commit(1, 0).Commit(2, 3, 1).Commit(3, 4, 2).Commit(4, 10, 1, 3).Landings();
        var count = new LifetimeCount(landings, Within(1));
        count.Add(Life(9, born: 2, died: 3), 9, Authorship.Unknown, AuthorKind.Unknown);
        count.Add(Life(1, born: 3), 1, Authorship.Unknown, AuthorKind.Unknown);

        var figures = count.Figures();

        Assert.Equal((9, 1), (figures.NeverLanded, figures.All.Lines));
    }

    [Fact]
    public void Lines_that_landed_before_the_time_asked_for_are_counted_apart()
    {
        var count = new LifetimeCount(s_landings, new ReworkQuery([30], Day(10)));
        count.Add(Life(9, born: 1, died: 2), 9, Authorship.Unknown, AuthorKind.Unknown);
        count.Add(Life(4, born: 2), 4, Authorship.Unknown, AuthorKind.Unknown);

        var figures = count.Figures();

        Assert.Equal((9, 4), (figures.Earlier, figures.All.Lines));
    }

    [Fact]
    public void A_moved_line_lives_and_is_counted_as_moved()
    {
        var count = new LifetimeCount(s_landings, Within(30));
        count.Add(Life(9, born: 1, moves: 2), 9, Authorship.Unknown, AuthorKind.Unknown);

        var all = count.Figures().All;

        Assert.Equal((9, 9, 0), (all.Moved, all.Living, all.Rework[0].Lines.Part));
    }

    [Fact]
    public void Folders_are_those_at_the_top_and_files_there_stand_for_themselves()
    {
        var count = new LifetimeCount(s_landings, Within(30));
        count.Add(Life(2, born: 1, path: "src/a/b.cs"), 2, Authorship.Unknown, AuthorKind.Unknown);
        count.Add(Life(3, born: 1, path: "src/c.cs"), 3, Authorship.Unknown, AuthorKind.Unknown);
        count.Add(Life(1, born: 1, path: "src"), 1, Authorship.Unknown, AuthorKind.Unknown);

        Assert.Equal([("src/", 5L), ("src", 1L)], count.Figures().Folders.Select(folder => (folder.Name, folder.Lines)));
    }

    [Fact]
    public void Lines_that_a_note_attests_are_told_apart_from_those_known_by_commit()
    {
        var count = new LifetimeCount(s_landings, Within(30));
        count.Add(Life(9, born: 1), 4, new Authorship(AuthorKind.Human, [], [], AuthorshipBasis.Line), AuthorKind.Unknown);
        count.Add(Life(9, born: 1), 5, Ai(new Agent("codex")), AuthorKind.Unknown);

        var figures = count.Figures();

        Assert.Equal((4, 9), (figures.KnownByLine, figures.Known));
        Assert.Equal([5L, 4, 0], figures.Authors.Select(group => group.Lines));
    }

    [Fact]
    public void Survival_is_the_estimate_over_days_from_landing_with_commits_as_clusters()
    {
        var count = new LifetimeCount(s_landings, Within(30));
        count.Add(Life(6, born: 1, died: 3), 6, Authorship.Unknown, AuthorKind.Unknown);
        count.Add(Life(4, born: 2), 4, Authorship.Unknown, AuthorKind.Unknown);
        count.Add(Life(2, born: 3), 2, Authorship.Unknown, AuthorKind.Unknown);
        var expected = KaplanMeier.Fit([new(40, true, 6, 0), new(90, false, 4, 1), new(60, false, 2, 2)]);

        var all = count.Figures().All;

        Assert.Equal(expected.At(30), all.Survival[0].Estimate);
        Assert.Equal(expected.At(90), all.Survival[1].Estimate);
        Assert.Null(all.Survival[2].Estimate);
        Assert.Equal(expected.Median, all.Median);
    }

    [Fact]
    public void Every_line_is_in_one_group_of_authors_and_either_lives_or_was_taken() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 5], Gen.Bool, Gen.Enum<AuthorKind>(), Gen.Enum<AuthorKind>(), Gen.Int[1, 9]).Array[0, 30].Sample(lives =>
        {
            var count = new LifetimeCount(s_landings, Within(14, 30));
            foreach (var (born, died, replaced, writer, by, lines) in lives.Where(life => life.Item2 > life.Item1))
            {
                count.Add(
                    Life(lines, born, died == 5 ? null : died, replaced && died < 5), lines, new Authorship(writer, [], [], AuthorshipBasis.Commit), by);
            }

            var figures = count.Figures();

            Assert.Equal(figures.All.Lines, figures.Authors.Sum(group => group.Lines));
            Assert.Equal(figures.All.Lines, figures.Folders.Sum(group => group.Lines));
            Assert.Equal(figures.All.Lines, figures.All.Living + figures.All.Replaced + figures.All.Deleted);
            Assert.Equal(figures.All.Replaced, figures.Overwrites.Sum(one => one.Replaced));
            Assert.Equal(figures.All.Deleted, figures.Overwrites.Sum(one => one.Deleted));
            Assert.All(figures.Authors.Append(figures.All), group => Assert.True(group.Rework[0].Lines.Whole >= group.Rework[1].Lines.Whole));
        });
}
