using Airworthy.Git;
using Airworthy.Provenance;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance;

public class ChangeIndexTests
{
    [Fact]
    public void A_merge_owns_the_commits_of_its_branch()
    {
        var root = Commit("Start");
        var one = Commit("One", root);
        var two = Commit("Two", one);
        var main = Commit("Main goes on", root);
        var merge = Commit("Merge pull request #42 from ada/branch", main, two);

        var index = Index(merge, root, one, two, main);

        Assert.Equal([merge.Id, two.Id, one.Id], index.Of(one.Id)!.Commits);
        Assert.Equal(42, index.Of(two.Id)!.PullRequest);
        Assert.Equal(main.Id, index.Of(main.Id)!.Landed);
        Assert.Equal([merge.Id, main.Id, root.Id], index.Changes.Select(change => change.Landed));
    }

    [Fact]
    public void A_branch_that_merged_the_main_line_into_itself_does_not_own_it()
    {
        var root = Commit("Start");
        var work = Commit("Work", root);
        var main = Commit("Main goes on", root);
        var update = Commit("Merge branch 'main' into work", work, main);
        var merge = Commit("Merge branch 'work'", main, update);

        var index = Index(merge, root, work, main, update);

        Assert.Equal(main.Id, index.Of(main.Id)!.Landed);
        Assert.Equal(merge.Id, index.Of(update.Id)!.Landed);
        Assert.Equal(merge.Id, index.Of(work.Id)!.Landed);
    }

    [Theory]
    [InlineData("Merge branch 'master' of github.com:ada/shop")]
    [InlineData("Merge remote-tracking branch 'origin/main'")]
    public void A_pull_lands_each_commit_it_brought_by_itself(string subject)
    {
        var root = Commit("Start");
        var theirs = Commit("Theirs", root);
        var more = Commit("More of theirs", theirs);
        var mine = Commit("Mine", root);
        var pull = Commit(subject, mine, more);

        var index = Index(pull, root, theirs, more, mine);

        Assert.Equal(theirs.Id, index.Of(theirs.Id)!.Landed);
        Assert.Equal(more.Id, index.Of(more.Id)!.Landed);
        Assert.Equal(5, index.Changes.Length);
    }

    [Theory]
    [InlineData("Fix the parser (#123)", 123)]
    [InlineData("Fix the parser (!77)", 77)]
    [InlineData("Revert \"Fix the parser (#123)\" (#124)", 124)]
    [InlineData("Revert \"Fix the parser (#123)\"", null)]
    [InlineData("Fix #123 in the parser", null)]
    [InlineData("[release/8.0] Fix (#12) (#15)", 15)]
    [InlineData("Fix (#0)", null)]
    [InlineData("Fix (#99999999999999999999)", null)]
    public void A_squash_tells_its_pull_request_at_the_end_of_its_subject(string subject, int? number)
    {
        var commit = Commit(subject);

        Assert.Equal(number, Index(commit).Of(commit.Id)!.PullRequest);
    }

    [Theory]
    [InlineData("Merge pull request #23 from acme/claude/partial-refunds\n\nGive part of an order back\n\nMore", "Give part of an order back")]
    [InlineData("Merge branch 'refunds' into 'main'\n\nGive part back\n\nSee merge request acme/shop!5", "Give part back")]
    [InlineData("Merged in refunds (pull request #5)\n\nGive part back", "Give part back")]
    [InlineData("Merge branch 'refunds'\n\nSee merge request acme/shop!5", "Merge branch 'refunds'")]
    [InlineData("Merge branch 'refunds'\n\n# Conflicts:\n#\tsrc/Shop.cs", "Merge branch 'refunds'")]
    [InlineData("Merge branch 'refunds'\n\nSigned-off-by: Ada <ada@example.org>", "Merge branch 'refunds'")]
    [InlineData("Merge pull request #23 from acme/refunds", "Merge pull request #23 from acme/refunds")]
    [InlineData("Release 1.1\n\nAll that is in it", "Release 1.1")]
    public void A_merge_is_titled_by_what_its_forge_wrote_below_the_branch_s_name(string message, string title)
    {
        var root = Commit("Start");
        var work = Commit("Work", root);
        var merge = Commit(message, root, work);

        Assert.Equal(title, Index(merge, root, work).Of(work.Id)!.Title);
    }

    [Fact]
    public void A_revert_is_a_change_of_its_own()
    {
        var fix = Commit("Fix the parser (#123)");
        var revert = Commit("Revert \"Fix the parser (#123)\"\n\nThis reverts commit " + fix.Id.Hex + ".", fix);

        Assert.Equal(2, Index(revert, fix).Changes.Length);
    }

    [Fact]
    public void Commits_of_one_pull_request_that_landed_in_a_row_are_one_change()
    {
        var first = Commit("Part one (#5)");
        var second = Commit("Part two (#5)", first);
        var other = Commit("Other (#6)", second);
        var again = Commit("For issue five (#5)", other);

        var index = Index(again, first, second, other);

        Assert.Equal(index.Of(first.Id), index.Of(second.Id));
        Assert.NotEqual(index.Of(first.Id), index.Of(again.Id));
        Assert.Equal([first.Id, second.Id], index.Of(second.Id)!.Commits);
    }

    [Fact]
    public void A_declared_cherry_pick_belongs_to_the_change_of_its_origin()
    {
        var root = Commit("Start");
        var fix = Commit("Fix", root);
        var pick = Commit($"Fix\n\n(cherry picked from commit {fix.Id.Hex})\n", root);
        var merge = Commit("Merge branch 'release'", fix, pick);
        var later = Commit($"Fix again\n\n(cherry picked from commit {fix.Id.Hex})\n", merge);

        var index = Index(later, root, fix, pick, merge);

        Assert.Equal(fix.Id, index.Of(later.Id)!.Landed);
        Assert.Contains(later.Id, index.Of(fix.Id)!.Commits);
    }

    [Fact]
    public void A_pick_has_the_id_of_its_origin_also_where_that_is_not_in_sight()
    {
        var fix = Commit("Fix");
        var pick = Commit($"Fix\n\n(cherry picked from commit {fix.Id.Hex})\n", Commit("Release"));

        Assert.Equal(Index(fix).Of(fix.Id)!.Id, Index(pick).Of(pick.Id)!.Id);
    }

    [Fact]
    public void An_id_is_stable_and_no_commit_name()
    {
        var commit = Commit("Fix");

        var id = Index(commit).Of(commit.Id)!.Id;

        Assert.Equal(ChangeIndex.IdOf(commit.Id), id);
        Assert.Matches("^c[0-9a-f]{12}$", id.Value);
        Assert.DoesNotContain(commit.Id.Short, id.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_commit_of_any_history_is_owned_by_exactly_one_change() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.OneOf("Work", "Fix (#3)", "Merge branch 'main' of x", "Merge branch 'topic'")).Array[1, 40].Sample(steps =>
        {
            var commits = new List<Commit>();
            foreach (var (first, second, subject) in steps)
            {
                // The newest commit is always an ancestor, so that the last one reaches them all.
                var parents = commits.Count == 0 ? []
                    : first % 3 == 0 ? new[] { commits[^1], commits[second % commits.Count] }.Distinct().ToArray()
                    : first % 3 == 1 ? new[] { commits[second % commits.Count], commits[^1] }.Distinct().ToArray()
                    : [commits[^1]];
                commits.Add(Commit($"{subject}\n\n{commits.Count}", parents));
            }

            var index = Index(commits[^1], [.. commits]);

            Assert.Equal(commits.Count, index.Changes.Sum(change => change.Commits.Length));
            Assert.All(commits, commit => Assert.Contains(commit.Id, index.Of(commit.Id)!.Commits));
            Assert.All(index.Changes, change => Assert.Equal(change.Landed, change.Commits[0]));
        });

    [Fact]
    public void A_history_without_its_older_part_is_indexed_as_far_as_it_goes()
    {
        var tip = TestCommits.Commit("Tip", parents: [TestCommits.Id("cut off")]);

        Assert.Equal([tip.Id], Assert.Single(Index(tip).Changes).Commits);
    }

    private static Commit Commit(string message, params Commit[] parents) =>
        TestCommits.Commit(message, parents: [.. parents.Select(parent => parent.Id)]);

    private static ChangeIndex Index(Commit tip, params Commit[] others)
    {
        var history = new ChangeHistory();
        foreach (var commit in others.Append(tip))
        {
            history.Add(commit);
        }

        return history.Index(tip.Id);
    }
}
