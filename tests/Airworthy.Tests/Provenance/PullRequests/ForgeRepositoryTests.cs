using Airworthy.Model;
using Airworthy.Provenance.PullRequests;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance.PullRequests;

public class ForgeRepositoryTests
{
    [Theory]
    [InlineData("https://github.com/o/r.git")]
    [InlineData("https://user:secret@github.com/o/r")]
    [InlineData("git@github.com:o/r.git")]
    [InlineData("ssh://git@github.com/o/r.git")]
    [InlineData("https://GitHub.com/o/r/")]
    public void A_remote_of_github_is_asked_at_its_api(string remote) =>
        Assert.Equal(new ForgeRepository(Forge.GitHub, new Uri("https://api.github.com/"), "o/r"), ForgeRepository.Find(Forge.GitHub, remote, server: null));

    [Fact]
    public void Groups_of_gitlab_are_kept() =>
        Assert.Equal(
            new ForgeRepository(Forge.GitLab, new Uri("https://git.example.org/api/v4/"), "group/sub/r"),
            ForgeRepository.Find(Forge.GitLab, "git@git.example.org:group/sub/r.git", new Uri("https://git.example.org")));

    [Theory]
    [InlineData("https://evil.example/o/r.git", null, "set AIRWORTHY_GITHUB_URL")]
    [InlineData("https://github.com.evil.example/o/r.git", null, "set AIRWORTHY_GITHUB_URL")]
    [InlineData("https://evil.example/o/r.git", "https://git.example.org", "AIRWORTHY_GITHUB_URL names git.example.org")]
    [InlineData("https://git.example.org/o/r.git", "http://git.example.org", "by https only")]
    [InlineData("/srv/git/r.git", null, "not an address of GitHub")]
    [InlineData("file:///srv/git/r.git", null, "not an address of GitHub")]
    [InlineData("https://github.com/o/../r", null, "not an address of GitHub")]
    [InlineData("https://github.com/r", null, "not an address of GitHub")]
    [InlineData("https://github.com/o/r?x=1", null, "not an address of GitHub")]
    [InlineData("", null, "not an address of GitHub")]
    public void A_token_goes_nowhere_the_user_did_not_name(string remote, string? server, string told)
    {
        var refused = Assert.Throws<PullRequestException>(() => ForgeRepository.Find(Forge.GitHub, remote, server is null ? null : new Uri(server)));

        Assert.Equal(Fault.Usage, refused.Fault);
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_remote_only_the_public_forge_is_asked_unless_another_is_named() =>
        Gen.Select(Gen.OneOf("https://", "git@", "ssh://", "", "github.com", "@github.com/"), Gen.String, Gen.OneOf("/o/r", ":o/r.git", "")).Sample(parts =>
        {
            try
            {
                Assert.Equal("api.github.com", ForgeRepository.Find(Forge.GitHub, parts.Item1 + parts.Item2 + parts.Item3, server: null).Api.Host);
            }
            catch (PullRequestException refused)
            {
                Assert.Equal(Fault.Usage, refused.Fault);
            }
        });
}
