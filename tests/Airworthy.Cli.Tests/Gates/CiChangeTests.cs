using Airworthy.Cli.Gates;
using Xunit;

namespace Airworthy.Cli.Tests.Gates;

/// <summary>The change as each service's documented variables tell it.</summary>
public class CiChangeTests
{
    [Fact]
    public void GitHubs_synthetic_merge_has_the_base_and_the_head_as_parents() => Expect(
        ("HEAD^1", "HEAD^2"), ("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", "main"), ("GITHUB_REF", "refs/pull/7/merge"));

    [Fact]
    public void A_head_that_GitHub_checked_out_itself_is_compared_with_its_target() => Expect(
        ("origin/release/2", "HEAD"), ("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", "release/2"), ("GITHUB_REF", "refs/heads/topic"));

    [Fact]
    public void A_push_to_GitHub_tells_no_change() => Expect(null, ("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", ""), ("GITHUB_REF", "refs/heads/main"));

    [Fact]
    public void GitLab_tells_where_the_branch_parted() => Expect(("aaa", "ccc"), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "aaa"), ("CI_COMMIT_SHA", "ccc"));

    [Fact]
    public void GitLabs_merged_results_name_both_sides() => Expect(
        ("ttt", "sss"),
        ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "aaa"), ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "ttt"), ("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "sss"), ("CI_COMMIT_SHA", "mmm"));

    [Fact]
    public void Azures_synthetic_merge_has_the_base_and_the_head_as_parents() => Expect(
        ("HEAD^1", "HEAD^2"), ("SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/main"), ("BUILD_SOURCEBRANCH", "refs/pull/3/merge"));

    [Fact]
    public void Outside_of_CI_nothing_is_told() => Expect(null);

    [Fact]
    public void What_a_service_merged_is_what_its_reports_are_of()
    {
        Assert.Equal("HEAD", Find(("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", "main"), ("GITHUB_REF", "refs/pull/7/merge"))?.Tested);
        Assert.Equal("mmm", Find(("CI_MERGE_REQUEST_DIFF_BASE_SHA", "aaa"), ("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "sss"), ("CI_COMMIT_SHA", "mmm"))?.Tested);
        Assert.Null(Find(("CI_MERGE_REQUEST_DIFF_BASE_SHA", "aaa"), ("CI_COMMIT_SHA", "ccc"))?.Tested);
    }

    private static CiChange? Find(params (string Name, string Value)[] variables) =>
        CiChange.Find(variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal).GetValueOrDefault);

    private static void Expect((string Base, string Head)? expected, params (string Name, string Value)[] variables)
    {
        var told = Find(variables);

        Assert.Equal(expected, told is null ? null : (told.Base, told.Head));
    }
}
