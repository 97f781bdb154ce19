using System.Text;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Provenance;

public sealed class KeptMarksTests : IDisposable
{
    private const string Agent = "\n\nCo-Authored-By: Claude <noreply@anthropic.com>";

    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    private readonly RepositoryBuilder _repo = new();
    private readonly string _cache = Directory.CreateTempSubdirectory("airworthy-marks-").FullName;

    public KeptMarksTests()
    {
        var stream = new StringBuilder();
        for (var i = 0; i < 300; i++)
        {
            var message = $"Commit {i}{(i % 7 == 0 ? Agent : "")}{(i % 11 == 0 ? "\n\n🤖 Generated with [Claude Code](https://claude.com/claude-code)" : "")}\n";
            stream.Append($"commit refs/heads/main\ncommitter A <a@example.org> {1_700_000_000 + i} +0000\ndata {Encoding.UTF8.GetByteCount(message)}\n{message}")
                .Append($"M 100644 inline a.txt\ndata 4\n{i:d3}\n\n");
        }

        _repo.GitWithInput(Encoding.UTF8.GetBytes(stream.ToString()), "fast-import", "--quiet");
        _repo.Git("checkout", "-q", "-f", "main");
        Head(7, "a mark" + Agent);
    }

    public void Dispose()
    {
        _repo.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [Fact]
    public async Task Marks_of_a_history_are_read_once()
    {
        var whole = await TellAsync(_cache);
        Assert.Contains("claude", whole, StringComparison.OrdinalIgnoreCase);
        var kept = Assert.Single(Directory.GetFiles(_cache, "*.marks"));
        var written = File.GetLastWriteTimeUtc(kept);
        _repo.Write("b.txt", "1\n").Commit("One more" + Agent);

        Assert.Equal(await TellAsync(cache: null), await TellAsync(_cache));
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));
    }

    [Fact]
    public async Task A_squash_that_landed_since_is_told_by_its_request_s_head()
    {
        await TellAsync(_cache);
        _repo.Write("b.txt", "1\n").Commit("The squash (#7)");

        var told = await TellAsync(_cache);
        Assert.Equal(await TellAsync(cache: null), told);
        Assert.Contains("pull-request-commits", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_head_a_landed_head_or_a_rewritten_history_has_the_marks_read_anew()
    {
        _repo.Write("b.txt", "1\n").Commit("The squash (#8)");
        await TellAsync(_cache);
        Head(8, "another mark" + Agent);
        Assert.Equal(await TellAsync(cache: null), await TellAsync(_cache));

        _repo.Merge("Merge the head", "refs/pull/8/head");
        Assert.Equal(await TellAsync(cache: null), await TellAsync(_cache));

        _repo.Git("reset", "-q", "--hard", "HEAD~2");
        _repo.Write("c.txt", "1\n").Commit("Instead (#8)");
        Assert.Equal(await TellAsync(cache: null), await TellAsync(_cache));

        _repo.Note("no note");
        Assert.Equal(await TellAsync(cache: null), await TellAsync(_cache));
    }

    private void Head(int number, string message)
    {
        _repo.Branch("topic").Write($"topic{number}.txt", $"{number}\n").Commit(message);
        _repo.Git("update-ref", $"refs/pull/{number}/head", "topic");
        _repo.Checkout("main");
        _repo.Git("branch", "-q", "-D", "topic");
    }

    private async Task<string> TellAsync(string? cache)
    {
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel, cache);
        var tip = CommitId.Parse(_repo.Head);
        var reader = await AuthorshipReader.OpenAsync(git, tip, [], s_cancel);
        await reader.LearnAsync(tip, s_cancel);
        var told = new StringBuilder();
        foreach (var commit in _repo.Git("rev-list", "main").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => CommitId.Parse(id)))
        {
            var run = Assert.Single(await reader.OfLinesAsync(new LineRun(1, 1, commit, new RepoPath("a.txt"), 1), s_cancel));
            told.Append(commit).Append(run.Authorship.Kind).AppendJoin(';', run.Authorship.Signals).Append(await reader.CommittedAtAsync(commit, s_cancel)).Append('\n');
        }

        return told.Append(await reader.PullRequestHeadsAsync()).ToString();
    }
}
