using System.Text;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Git;

public sealed class HostileRepositoryTests : IDisposable
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    private readonly RepositoryBuilder _repo = new();

    public void Dispose() => _repo.Dispose();

    [Theory]
    [InlineData("*.cs -diff\n")]
    [InlineData("*.cs binary\n")]
    public async Task A_committed_attribute_hides_no_change(string attributes)
    {
        _repo.Write(".gitattributes", attributes).Write("a.cs", "1\n").Commit("one");
        _repo.Write("a.cs", "2\n").Commit("two");

        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var head = await git.ResolveAsync("HEAD", s_cancel);
        var diff = await git.DiffAsync(await git.ResolveAsync("HEAD~1", s_cancel), head, s_cancel).ToListAsync(s_cancel);

        Assert.Equal(["2"], Assert.Single(Assert.Single(diff).Hunks).Added);
    }

    [Fact]
    public async Task A_work_tree_that_is_elsewhere_is_none()
    {
        _repo.Write("a", "1\n").Commit("one");
        _repo.Git("config", "core.worktree", "/etc");
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        Assert.Null(git.WorkTree);
    }

    [Fact]
    public async Task A_linked_work_tree_opens_like_any_other()
    {
        _repo.Write("a", "1\n").Commit("one");
        var linked = Path.Combine(_repo.Folder, "..", "linked");
        _repo.Git("worktree", "add", "-q", linked);
        await using var git = await GitRepository.OpenAsync(linked, s_cancel);
        Assert.Equal(Path.GetFullPath(linked), git.WorkTree);
        Assert.Equal(1, await git.HistoryAsync("HEAD", s_cancel).CountAsync(s_cancel));
    }

    [Fact]
    public async Task A_corrupt_object_is_told_and_ends_no_walk_over_the_tree()
    {
        _repo.Write("bad", string.Concat(Enumerable.Range(0, 20_000))).Write("good", "1\n").Commit("one");
        var blob = _repo.Git("rev-parse", "HEAD:bad").Trim();
        var file = Path.Combine(_repo.Folder, ".git", "objects", blob[..2], blob[2..]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);

        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var head = await git.ResolveAsync("HEAD", s_cancel);
        var fault = await Assert.ThrowsAsync<GitException>(() => git.ReadObjectAsync(blob, 1_000_000, s_cancel));
        var skipped = new List<SkippedFile>();
        var read = await git.Lines.OriginsAsync(paths: null, head, s_cancel, skipped.Add).ToListAsync(s_cancel);

        Assert.Equal(Fault.BadInput, fault.Fault);
        Assert.Equal("good", Assert.Single(read).Path.Value);
        Assert.Equal("bad", Assert.Single(skipped).Path.Value);
    }

    [Fact]
    public async Task Ancestry_of_a_commit_that_is_not_there_is_a_fault_not_a_no()
    {
        _repo.Write("a", "1\n").Commit("one");
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var head = await git.ResolveAsync("HEAD", s_cancel);
        var none = CommitId.Parse(new string('1', 40));
        await Assert.ThrowsAsync<GitException>(() => git.IsAncestorAsync(none, head, s_cancel));
        await Assert.ThrowsAsync<GitException>(() => git.MergeBaseAsync(none, head, s_cancel));
    }

    [Fact]
    public async Task Histories_that_share_nothing_are_a_no_not_a_fault()
    {
        var one = CommitId.Parse(_repo.Write("a", "1\n").Commit("one"));
        _repo.Git("checkout", "-q", "--orphan", "other");
        var other = CommitId.Parse(_repo.Write("a", "2\n").Commit("other"));
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        Assert.False(await git.IsAncestorAsync(one, other, s_cancel));
        Assert.Null(await git.MergeBaseAsync(one, other, s_cancel));
    }

    [Fact]
    public async Task A_fetch_brings_the_heads_of_pull_requests_and_keeps_those_that_are_gone()
    {
        _repo.Write("a", "1\n").Commit("one");
        var copy = Path.Combine(_repo.Folder, "..", "copy.git");
        await GitClone.BareAsync("file://" + _repo.Folder, copy, s_cancel);
        await using var git = await GitRepository.OpenAsync(copy, s_cancel);
        var before = await AuthorshipReader.RecordsStampAsync(git, s_cancel);

        var head = _repo.Branch("topic").Write("a", "2\n").Commit("two");
        _repo.Checkout("main");
        _repo.Git("update-ref", "refs/pull/7/head", head);
        _repo.Git("update-ref", "refs/merge-requests/8/head", head);
        _repo.Git("branch", "-D", "topic");
        Assert.Equal(2, await GitClone.FetchRequestHeadsAsync(copy, "file://" + _repo.Folder, newest: 10, atOnce: 10, s_cancel));
        Assert.Equal(["refs/merge-requests/8/head", "refs/pull/7/head"], (await git.RefsAsync(["refs/pull", "refs/merge-requests"], s_cancel)).Select(r => r.Name));
        Assert.NotEqual(before, await AuthorshipReader.RecordsStampAsync(git, s_cancel));

        _repo.Git("update-ref", "-d", "refs/pull/7/head");
        await GitClone.FetchAsync(copy, "file://" + _repo.Folder, s_cancel);
        Assert.Equal(0, await GitClone.FetchRequestHeadsAsync(copy, "file://" + _repo.Folder, newest: 10, atOnce: 10, s_cancel));
        Assert.Equal(head, (await git.ResolveAsync("refs/pull/7/head", s_cancel)).Hex);
    }

    [Fact]
    public async Task Of_the_heads_of_pull_requests_only_the_newest_are_fetched_a_few_at_a_time()
    {
        var first = _repo.Write("a", "1\n").Commit("one");
        var copy = Path.Combine(_repo.Folder, "..", "copy.git");
        await GitClone.BareAsync("file://" + _repo.Folder, copy, s_cancel);
        await using var git = await GitRepository.OpenAsync(copy, s_cancel);
        var second = _repo.Write("a", "2\n").Commit("two");
        foreach (var number in new[] { 9, 10, 100, 11 })
        {
            _repo.Git("update-ref", $"refs/pull/{number}/head", first);
        }

        _repo.Git("update-ref", "refs/pull/100/merge", second);
        _repo.Git("update-ref", "refs/pull/x/head", second);

        Assert.Equal(0, await FetchAsync(newest: 0));
        Assert.Equal(2, await FetchAsync(newest: 3));
        Assert.Equal(["refs/pull/100/head", "refs/pull/11/head"], await HeadsAsync());
        Assert.Equal(1, await FetchAsync(newest: 3));
        Assert.Equal(0, await FetchAsync(newest: 3));
        Assert.Equal(["refs/pull/10/head", "refs/pull/100/head", "refs/pull/11/head"], await HeadsAsync());

        _repo.Git("update-ref", "refs/pull/10/head", second);
        Assert.Equal(1, await FetchAsync(newest: 3));
        Assert.Equal(second, (await git.ResolveAsync("refs/pull/10/head", s_cancel)).Hex);

        Task<int> FetchAsync(int newest) => GitClone.FetchRequestHeadsAsync(copy, "file://" + _repo.Folder, newest, atOnce: 2, s_cancel);

        async Task<IEnumerable<string>> HeadsAsync() => (await git.RefsAsync(["refs/pull"], s_cancel)).Select(head => head.Name);
    }

    [Fact]
    public async Task A_clone_and_a_fetch_are_the_only_use_of_a_transport()
    {
        _repo.Write("a", "1\n").Commit("one");
        var copy = Path.Combine(_repo.Folder, "..", "copy.git");
        await GitClone.BareAsync("file://" + _repo.Folder, copy, s_cancel);
        var second = _repo.Write("a", "2\n").Commit("two");
        await GitClone.FetchAsync(copy, "file://" + _repo.Folder, s_cancel);

        await using var git = await GitRepository.OpenAsync(copy, s_cancel);
        Assert.Equal(second, (await git.ResolveAsync("HEAD", s_cancel)).Hex);
        var (output, error) = await GitProcess.RunAsync(
            copy, ["-c", "protocol.file.allow=always", "ls-remote", "file://" + _repo.Folder], s_cancel);
        Assert.Null(output);
        Assert.Contains("transport 'file' not allowed", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_has_no_lines_of_its_own()
    {
        _repo.Write("a", "1\n");
        File.CreateSymbolicLink(Path.Combine(_repo.Folder, "link"), "a");
        _repo.Commit("one");
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        Assert.Null(await git.Lines.OriginsAsync(new RepoPath("link"), await git.ResolveAsync("HEAD", s_cancel), s_cancel));
    }

    [Fact]
    public async Task A_replaced_commit_is_read_as_it_was()
    {
        var first = _repo.Write("a", "1\n").Commit("one");
        var second = _repo.Write("a", "2\n").Commit("two");
        _repo.Git("replace", second, first);
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        Assert.Equal(2, await git.HistoryAsync("HEAD", s_cancel).CountAsync(s_cancel));
    }

    [Fact]
    public async Task History_that_breaks_off_is_a_fault()
    {
        using var cut = new MemoryStream(Encoding.ASCII.GetBytes(new string('1', 40) + "\0\0name\0"));
        await Assert.ThrowsAsync<GitException>(async () => await HistoryReader.ReadAsync(cut, s_cancel).ToListAsync(s_cancel));
    }
}
