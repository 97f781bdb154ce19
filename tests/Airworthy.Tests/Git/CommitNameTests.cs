using System.Text;
using Airworthy.Git;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Git;

/// <summary>Names of commits as people give them.</summary>
public class CommitNameTests
{
    [Fact]
    public async Task An_abbreviation_of_several_commits_is_refused_with_the_first_of_them()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var shop = new RepositoryBuilder();
        shop.GitWithInput(Encoding.UTF8.GetBytes(ManyCommits(1500)), "fast-import", "--quiet");
        var commits = shop.Git("rev-list", "main").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var twice = commits.GroupBy(commit => commit[..4], StringComparer.Ordinal).First(group => group.Count() > 1);
        await using var repository = await GitRepository.OpenAsync(shop.Folder, cancel);

        var failed = await Assert.ThrowsAsync<GitException>(() => CommitName.ReadAsync(repository, twice.Key, cancel));

        Assert.Contains($"'{twice.Key}' is short for {twice.Count()} commits", failed.Message, StringComparison.Ordinal);
        Assert.Contains(twice.Min()![..12], failed.Message, StringComparison.Ordinal);
        Assert.Equal(twice.First(), (await CommitName.ReadAsync(repository, twice.First()[..12], cancel)).Hex);
    }

    private static string ManyCommits(int count)
    {
        var stream = new StringBuilder();
        for (var commit = 0; commit < count; commit++)
        {
            stream.Append(FormattableString.Invariant($"commit refs/heads/main\ncommitter Ada <ada@example.org> {1_700_000_000 + commit} +0000\ndata 1\nx\n"));
        }

        return stream.ToString();
    }
}
