using System.Diagnostics;
using Airworthy.Model;
using Airworthy.Policies;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Policies;

public class GlobPatternTests
{
    [Theory]
    [InlineData("src/Payments/**", "src/Payments/Refunds.cs", true)]
    [InlineData("src/Payments/**", "src/Payments/Deep/er/Refunds.cs", true)]
    [InlineData("src/Payments/**", "src/Payments", false)]
    [InlineData("src/Payments/**", "lib/src/Payments/Refunds.cs", false)]
    [InlineData("src/Payments", "src/Payments/Refunds.cs", true)]
    [InlineData("/src", "src/a", true)]
    [InlineData("/src", "a/src/b", false)]
    [InlineData("src", "a/src/b", true)]
    [InlineData("*.cs", "a/b/c.cs", true)]
    [InlineData("*.cs", "a/b/c.csx", false)]
    [InlineData("src/*.cs", "src/a/b.cs", false)]
    [InlineData("src/*.cs", "src/b.cs", true)]
    [InlineData("src/*/b.cs", "src/a/b.cs", true)]
    [InlineData("**/migrations/**", "migrations/1.sql", true)]
    [InlineData("**/migrations/**", "db/migrations/1.sql", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/**/b", "a/x/y/b", true)]
    [InlineData("a/**/b", "a/x/y/c", false)]
    [InlineData("test/", "test/a.cs", true)]
    [InlineData("test/", "src/test", false)]
    [InlineData("*.Tests/", "test/Shop.Tests/a.cs", true)]
    [InlineData("Pay?.cs", "Pays.cs", true)]
    [InlineData("Pay?.cs", "Pay.cs", false)]
    [InlineData("pay.cs", "Pay.cs", false)]
    [InlineData("**", "anything/at/all", true)]
    [InlineData("a b/[x].cs", "a b/[x].cs", true)]
    public void Patterns_mean_what_a_gitignore_line_means(string pattern, string path, bool matches) =>
        Assert.Equal(matches, GlobPattern.Parse(pattern).Matches(new RepoPath(path)));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("!a")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("a/./b")]
    [InlineData("a\nb")]
    public void What_is_no_pattern_is_refused(string pattern) => Assert.Throws<FormatException>(() => GlobPattern.Parse(pattern));

    [Fact]
    public void A_path_without_wildcards_matches_itself_and_all_below() =>
        Gen.String[Gen.Char["abc."], 1, 5].Where(part => part is not ("." or "..")).Array[2, 5].Sample(
            parts =>
            {
                var path = string.Join('/', parts);
                var glob = GlobPattern.Parse(path);

                Assert.True(glob.Matches(new RepoPath(path)));
                Assert.True(glob.Matches(new RepoPath(path + "/below")));
                Assert.False(glob.Matches(new RepoPath("above/" + path + "x")));
            });

    [Fact]
    public void No_pattern_stalls()
    {
        var pattern = GlobPattern.Parse(string.Concat(Enumerable.Repeat("**/", 80)) + "*a*a*a*a*a*a*a*a*a*a*b");
        var path = new RepoPath(string.Concat(Enumerable.Repeat("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/", 100)) + "c");
        var clock = Stopwatch.StartNew();

        Assert.False(pattern.Matches(path));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1));
    }
}
