using Airworthy.Provenance;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance;

public class LandingMarksTests
{
    [Fact]
    public void A_commit_picked_twice_names_both_origins_the_oldest_first()
    {
        var (first, second) = (TestCommits.Id("first"), TestCommits.Id("second"));
        var pick = TestCommits.Commit($"Fix\n\nBody.\n\n(cherry picked from commit {first})\n(cherry picked from commit {second})\n");

        Assert.Equal([new(CommitOriginKind.CherryPick, first), new(CommitOriginKind.CherryPick, second)], LandingMarks.Origins(pick));
    }

    [Fact]
    public void A_revert_points_to_what_it_undoes()
    {
        var undone = TestCommits.Id("undone");
        var merge = TestCommits.Id("merge");
        var revert = TestCommits.Commit($"Revert \"Fix\"\n\nThis reverts commit {merge}, reversing\nchanges made to {undone}.\n");

        Assert.Equal([new CommitOrigin(CommitOriginKind.Revert, merge)], LandingMarks.Origins(revert));
    }

    [Fact]
    public void A_revert_of_many_names_each_once()
    {
        var (one, two) = (TestCommits.Id("one"), TestCommits.Id("two"));
        var revert = TestCommits.Commit($"Revert all\n\n* This reverts commit {one}.\n* This reverts commit {two}.\n* This reverts commit {one}.\n");

        Assert.Equal([one, two], LandingMarks.Origins(revert).Select(origin => origin.Commit));
    }

    [Theory]
    [InlineData("Fix\n\nThis reverts commit 0123abc.\n")]
    [InlineData("Fix\n\nIt is said that This reverts commit 0123456789abcdef0123456789abcdef01234567.\n")]
    [InlineData("This reverts commit 0123456789abcdef0123456789abcdef01234567\n\nIn the subject only.\n")]
    [InlineData("Fix\n\n(cherry picked from commit HEAD)\n")]
    public void What_is_no_full_name_on_a_line_of_its_own_is_no_origin(string message) =>
        Assert.Empty(LandingMarks.Origins(TestCommits.Commit(message)));

    [Fact]
    public void A_message_that_names_thousands_is_bounded()
    {
        var body = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"This reverts commit {TestCommits.Id($"c{i}")}.\n"));

        Assert.Equal(100, LandingMarks.Origins(TestCommits.Commit($"Revert\n\n{body}")).Length);
    }

    [Fact]
    public void Any_message_is_read_without_failure() =>
        Gen.Select(Gen.OneOf("This reverts commit ", "(cherry picked from commit ", "0123456789abcdef0123456789abcdef01234567", ")", "\n", "Merge pull request #", "(#"), Gen.String)
            .Select((head, tail) => head + tail).Array[0, 20].Select(parts => string.Concat(parts))
            .Sample(message =>
            {
                var commit = TestCommits.Commit(message, parents: [TestCommits.Id("a"), TestCommits.Id("b")]);
                _ = LandingMarks.PullRequest(commit);
                return LandingMarks.Origins(commit).Length <= 100;
            });
}
