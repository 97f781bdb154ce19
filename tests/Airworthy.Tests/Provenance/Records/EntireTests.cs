using System.Text;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Provenance.Records;

public sealed class EntireTests : IDisposable
{
    private const string Id = "0123456789ab";

    private readonly RepositoryBuilder _repo = new();

    public void Dispose() => _repo.Dispose();

    [Theory]
    [InlineData("refs/heads/entire/checkpoints/v1")]
    [InlineData("refs/remotes/origin/entire/checkpoints/v1")]
    public async Task The_agent_and_session_behind_a_trailer_come_from_the_checkpoint(string branch)
    {
        var commit = _repo.Write("a.cs", "1\n").Commit($"One\n\nEntire-Checkpoint: {Id}");
        Checkpoint(branch, ("0/metadata.json", Session("Claude Code", "sess-1", 40)), ("0/prompt.txt", "Add a parser\n"));
        await using var read = await ReadRepository.OpenAsync(_repo);

        var whole = await read.OfAsync(commit);

        Assert.Equal((AuthorKind.Ai, new Agent("claude-code", null, "sess-1")), (whole.Kind, Assert.Single(whole.Agents)));
        Assert.Equal(["session", "checkpoint"], whole.Signals.Select(signal => signal.Kind));
        Assert.Equal(["1 ai claude-code"], await read.LinesAsync("a.cs"));
        var prompt = Assert.Single(await read.Reader.PromptsAsync(CommitId.Parse(commit), TestContext.Current.CancellationToken));
        Assert.Equal(("entire/checkpoints/v1", "Add a parser", "claude-code"), (prompt.Source, prompt.Text, prompt.Agent?.Name));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), prompt.At);
    }

    [Fact]
    public async Task Every_session_of_every_checkpoint_of_a_squash_is_kept()
    {
        var commit = _repo.Write("a.cs", "1\n").Commit($"One\n\nEntire-Checkpoint: {Id}\nEntire-Checkpoint: ffffffffffff");
        Checkpoint(
            "refs/heads/entire/checkpoints/v1",
            ("0/metadata.json", Session("Claude Code", "sess-1", 40)),
            ("1/metadata.json", Session("Gemini CLI", "sess-2", 2)),
            ("metadata.json", """{"checkpoint_id":"0123456789ab","sessions":[]}"""));
        await using var read = await ReadRepository.OpenAsync(_repo);

        var whole = await read.OfAsync(commit);

        Assert.Equal(["claude-code", "gemini-cli"], whole.Agents.Select(agent => agent.Name).Order(StringComparer.Ordinal));
        Assert.Equal(1, read.Coverage("entire/checkpoints/v1").MissingRecords);
    }

    [Fact]
    public async Task A_trailer_that_says_the_agent_wrote_nothing_makes_nothing_ai()
    {
        var commit = _repo.Write("a.cs", "1\n").Commit($"One\n\nEntire-Checkpoint: {Id}\nEntire-Attribution: 0% agent (0/200 lines)");
        Checkpoint("refs/heads/entire/checkpoints/v1", ("0/metadata.json", Session("Claude Code", "sess-1", 40)));
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(AuthorKind.Unknown, (await read.OfAsync(commit)).Kind);
        Assert.Equal(["1 unknown"], await read.LinesAsync("a.cs"));
    }

    [Fact]
    public async Task A_checkpoint_that_says_the_agent_wrote_nothing_takes_the_force_from_the_trailer()
    {
        var commit = _repo.Write("a.cs", "1\n").Commit($"One\n\nEntire-Checkpoint: {Id}");
        Checkpoint("refs/heads/entire/checkpoints/v1", ("0/metadata.json", Session("Claude Code", "sess-1", 0)));
        await using var read = await ReadRepository.OpenAsync(_repo);

        var whole = await read.OfAsync(commit);

        Assert.Equal(AuthorKind.Unknown, whole.Kind);
        Assert.All(whole.Signals, signal => Assert.Equal(SignalStrength.Assist, signal.Strength));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"agent\":[],\"session_id\":7,\"initial_attribution\":\"x\"}")]
    public async Task A_checkpoint_that_is_none_leaves_the_trailer_as_it_is(string metadata)
    {
        var commit = _repo.Write("a.cs", "1\n").Commit($"One\n\nEntire-Checkpoint: {Id}");
        Checkpoint("refs/heads/entire/checkpoints/v1", ("0/metadata.json", metadata));
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(AuthorKind.Ai, (await read.OfAsync(commit)).Kind);
    }

    private static string Session(string agent, string session, int lines) =>
        $$$$"""{"session_id":"{{{{session}}}}","agent":"{{{{agent}}}}","created_at":"2026-03-02T09:00:00Z","initial_attribution":{"agent_lines":{{{{lines}}}},"total_committed":200}}""";

    private void Checkpoint(string branch, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            var blob = _repo.GitWithInput(Encoding.UTF8.GetBytes(text), "hash-object", "-w", "--stdin").Trim();
            _repo.Git("update-index", "--add", "--cacheinfo", $"100644,{blob},.checkpoint/{Id[..2]}/{Id[2..]}/{path}");
        }

        var tree = _repo.Git("write-tree", "--prefix=.checkpoint/").Trim();
        _repo.Git("update-ref", branch, _repo.Git("-c", "user.name=x", "-c", "user.email=x@y", "commit-tree", "-m", "Checkpoint", tree).Trim());
        _repo.Git("read-tree", "HEAD");
    }
}
