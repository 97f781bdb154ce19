using System.Text;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Git;

public sealed class GitRepositoryTests : IDisposable
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    private readonly RepositoryBuilder _repo = new();

    public void Dispose() => _repo.Dispose();

    [Fact]
    public async Task The_paths_that_commits_changed_are_told_of_roots_renames_merges_and_deletions_at_once()
    {
        var root = _repo.Write("a.cs", "1\n2\n3\n").Write("b.cs", "b\n").Commit("root");
        var renamed = _repo.Move("a.cs", "src/é.cs").Commit("rename");
        _repo.Branch("topic").Write("c.cs", "c\n").Commit("topic");
        _repo.Checkout("main").Write("d.cs", "d\n").Commit("main");
        var merge = _repo.Merge("merge", "topic");
        var deleted = _repo.Delete("b.cs").Commit("delete");
        var unknown = new string('1', 40);
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);

        var touched = await git.TouchedAsync(new[] { root, renamed, merge, deleted, unknown }.Select(id => CommitId.Parse(id)).ToArray(), s_cancel)
            .ToDictionaryAsync(commit => commit.Id.Hex, commit => commit.Paths.Select(path => path.Value).Order(StringComparer.Ordinal).ToArray(), cancellationToken: s_cancel);

        Assert.Equal(
            new Dictionary<string, string[]> { [root] = ["a.cs", "b.cs"], [renamed] = ["a.cs", "src/é.cs"], [merge] = ["c.cs"], [deleted] = ["b.cs"] },
            touched);
        Assert.Empty(await git.TouchedAsync(Array.Empty<CommitId>(), s_cancel).ToListAsync(s_cancel));
    }

    [Fact]
    public async Task History_is_what_rev_list_gives()
    {
        var root = _repo.Write("a", "1\n").Commit("root");
        _repo.Branch("side").Write("b", "1\n").Commit("side one");
        _repo.Write("b", "2\n").Commit("side two");
        _repo.Checkout("main").Write("a", "2\n").Commit("main two");
        _repo.Merge("Merge side", "side");

        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var all = await git.HistoryAsync("HEAD", s_cancel).ToListAsync(s_cancel);
        var part = await git.HistoryAsync($"{root}..side", s_cancel).ToListAsync(s_cancel);

        Assert.Equal(_repo.Git("rev-list", "HEAD").Trim().Split('\n'), all.Select(c => c.Id.Hex));
        Assert.Equal(["side two", "side one"], part.Select(c => c.Subject));
        Assert.Equal(2, all[0].Parents.Length);
        Assert.Equal(RepositoryBuilder.Start, all[^1].CommittedAt);
    }

    [Fact]
    public async Task A_tree_that_could_not_be_listed_is_asked_for_again()
    {
        _repo.Write("a", "1\n").Commit("root");
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var head = await git.ResolveAsync("HEAD", s_cancel);
        var tree = _repo.Git("rev-parse", "HEAD^{tree}").Trim();
        var kept = Path.Combine(_repo.Folder, ".git", "objects", tree[..2], tree[2..]);
        File.Move(kept, kept + ".away");
        await Assert.ThrowsAsync<GitException>(() => git.FilesAsync(head, s_cancel));

        File.Move(kept + ".away", kept);
        Assert.Equal("a", Assert.Single(await git.FilesAsync(head, s_cancel)).Path.Value);
    }

    [Fact]
    public async Task A_message_keeps_every_letter_whatever_its_encoding_and_length()
    {
        var huge = "subject\n\n" + new string('x', 1024 * 1024) + "\nlast line";
        _repo.Write("a", "1\n").Commit(huge);
        _repo.Git("config", "i18n.commitEncoding", "ISO-8859-1");
        File.WriteAllBytes(Path.Combine(_repo.Folder, "..", "message"), Encoding.Latin1.GetBytes("Grüße an José\n"));
        _repo.Git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "--allow-empty", "-F", "../message");

        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var commits = await git.HistoryAsync("HEAD", s_cancel).ToListAsync(s_cancel);

        Assert.Equal("Grüße an José", commits[0].Message);
        Assert.Equal(huge, commits[1].Message);
    }

    [Fact]
    public async Task What_is_no_repository_is_told_in_one_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("airworthy-none-").FullName;
        var none = await Assert.ThrowsAsync<GitException>(() => GitRepository.OpenAsync(folder, s_cancel));
        var missing = await Assert.ThrowsAsync<GitException>(() => GitRepository.OpenAsync(folder + "/nowhere", s_cancel));
        Directory.Delete(folder);

        Assert.Equal(Fault.Usage, none.Fault);
        Assert.Contains("is not a git repository", none.Message, StringComparison.Ordinal);
        Assert.Contains("is not a folder", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_without_commits_says_so()
    {
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var fault = await Assert.ThrowsAsync<GitException>(() => git.ResolveAsync("HEAD", s_cancel));
        Assert.Contains("has no commits yet", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-branch")]
    [InlineData("--all")]
    [InlineData("-n1")]
    [InlineData("HEAD~99")]
    [InlineData("HEAD:a")]
    [InlineData("")]
    public async Task A_revision_that_names_no_commit_is_a_usage_error(string revision)
    {
        _repo.Write("a", "1\n").Commit("root");
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var fault = await Assert.ThrowsAsync<GitException>(() => git.ResolveAsync(revision, s_cancel));
        Assert.Equal(Fault.Usage, fault.Fault);
        Assert.Contains($"'{revision}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bare_shallow_subfolder_and_git_folder_all_open()
    {
        _repo.Write("deep/a", "1\n").Commit("one");
        _repo.Write("deep/a", "2\n").Commit("two");
        using var bare = _repo.Clone("--bare");
        using var shallow = _repo.Clone("--depth=1");

        await using var fromBare = await GitRepository.OpenAsync(bare.Folder, s_cancel);
        await using var fromShallow = await GitRepository.OpenAsync(shallow.Folder, s_cancel);
        await using var fromDeep = await GitRepository.OpenAsync(Path.Combine(_repo.Folder, "deep"), s_cancel);
        await using var fromGit = await GitRepository.OpenAsync(Path.Combine(_repo.Folder, ".git"), s_cancel);

        Assert.Null(fromBare.WorkTree);
        Assert.True(fromShallow.IsShallow);
        Assert.False(fromDeep.IsShallow);
        Assert.Equal(fromDeep.Directory, fromGit.Directory);
        Assert.Equal("repo", fromDeep.Name);
        Assert.Equal(2, await fromBare.HistoryAsync("HEAD", s_cancel).CountAsync(s_cancel));
    }

    [Fact]
    public async Task Sha256_repositories_are_read_alike()
    {
        using var repo = new RepositoryBuilder(objectFormat: "sha256");
        repo.Write("a", "1\n2\n").Commit("one");
        await using var git = await GitRepository.OpenAsync(repo.Folder, s_cancel);
        var head = await git.ResolveAsync("HEAD", s_cancel);

        var diff = await git.DiffAsync(null, head, s_cancel).ToListAsync(s_cancel);
        var origins = await git.Lines.OriginsAsync(new RepoPath("a"), head, s_cancel);

        Assert.Equal(64, head.Hex.Length);
        Assert.Equal(["1", "2"], Assert.Single(Assert.Single(diff).Hunks).Added);
        Assert.Equal(head, Assert.Single(origins!.Runs).Commit);
    }

    [Fact]
    public async Task Notes_are_found_in_flat_and_fanned_out_trees()
    {
        var commit = _repo.Write("a", "1\n").Commit("one");
        _repo.Note("flat\n");
        var blob = _repo.Git("rev-parse", $"refs/notes/ai:{commit}").Trim();
        _repo.Git("update-index", "--add", "--cacheinfo", $"100644,{blob},{commit[..2]}/{commit[2..4]}/{commit[4..]}");
        var tree = _repo.Git("write-tree", "--missing-ok").Trim();
        _repo.Git("read-tree", "HEAD");
        var fanned = _repo.Git("-c", "user.name=x", "-c", "user.email=x@y", "commit-tree", "-m", "notes", tree).Trim();
        _repo.Git("update-ref", "refs/notes/fanned", fanned);

        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var flat = await git.NotesAsync("refs/notes/ai", s_cancel);
        var deep = await git.NotesAsync("refs/notes/fanned", s_cancel);

        Assert.Equal("flat\n", Encoding.UTF8.GetString((await git.ReadObjectAsync(flat[CommitId.Parse(commit)], 100, s_cancel))!));
        Assert.Equal(blob, deep[CommitId.Parse(commit)]);
        Assert.Empty(await git.NotesAsync("refs/notes/none", s_cancel));
    }

    [Fact]
    public async Task Objects_over_the_bound_or_absent_are_null_and_the_next_one_is_still_read()
    {
        _repo.Write("big", new string('x', 100_000)).Write("small", "s").Commit("one");
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var head = await git.ResolveAsync("HEAD", s_cancel);

        Assert.Null(await git.ReadAsync(head, new RepoPath("big"), 1000, s_cancel));
        Assert.Null(await git.ReadAsync(head, new RepoPath("not there"), 1000, s_cancel));
        Assert.Null(await git.ReadObjectAsync("a\nb", 1000, s_cancel));
        Assert.Equal("s"u8.ToArray(), await git.ReadAsync(head, new RepoPath("small"), 1000, s_cancel));
    }

    [Fact]
    public async Task Nothing_that_a_repository_configures_is_run()
    {
        var first = _repo.Write("a.txt", "1\n").Write(".gitattributes", "* diff=evil filter=evil\n").Commit("one");
        _repo.Write("a.txt", "2\n").Commit("two");
        var canary = Path.Combine(_repo.Folder, "..", "canary");
        var evil = Path.Combine(_repo.Folder, "..", "evil");
        File.WriteAllText(evil, $"#!/bin/sh\necho \"$0 $@\" >> {canary}\ncat\n");
        File.SetUnixFileMode(evil, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var key in (string[])["core.fsmonitor", "core.pager", "core.askPass", "core.sshCommand", "core.gitProxy", "core.editor",
                     "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.smudge", "filter.evil.clean",
                     "filter.evil.process", "gpg.program", "pager.log", "pager.blame", "alias.log", "credential.helper", "uploadpack.packObjectsHook"])
        {
            _repo.Git("config", key, evil);
        }

        _repo.Git("config", "log.showSignature", "true");
        var included = Path.Combine(_repo.Folder, "..", "included");
        File.WriteAllText(included, $"[diff]\n\texternal = {evil}\n");
        _repo.Git("config", "include.path", included);
        foreach (var hook in (string[])["post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"])
        {
            File.Copy(evil, Path.Combine(_repo.Folder, ".git", "hooks", hook), overwrite: true);
        }

        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        var head = await git.ResolveAsync("HEAD", s_cancel);
        await git.HistoryAsync("HEAD", s_cancel).ToListAsync(s_cancel);
        var diff = await git.DiffAsync(CommitId.Parse(first), head, s_cancel).ToListAsync(s_cancel);
        var origins = await git.Lines.OriginsAsync(paths: null, head, s_cancel).ToListAsync(s_cancel);
        await git.ReadAsync(head, new RepoPath("a.txt"), 100, s_cancel);
        await git.FilesAsync(head, s_cancel);

        Assert.Equal(["2"], Assert.Single(Assert.Single(diff).Hunks).Added);
        Assert.Equal(2, origins.Count);
        Assert.False(File.Exists(canary), File.Exists(canary) ? File.ReadAllText(canary) : "");
    }

    [Fact]
    public async Task A_missing_object_is_not_sought_through_a_transport_that_the_repository_names()
    {
        _repo.Write("a", "1\n").Commit("one");
        var blob = _repo.Git("rev-parse", "HEAD:a").Trim();
        var canary = Path.Combine(_repo.Folder, "..", "canary");
        File.Delete(Path.Combine(_repo.Folder, ".git", "objects", blob[..2], blob[2..]));
        _repo.Git("config", "core.repositoryFormatVersion", "1");
        _repo.Git("config", "extensions.partialClone", "origin");
        _repo.Git("config", "remote.origin.promisor", "true");
        _repo.Git("config", "remote.origin.url", "file://" + _repo.Folder);
        _repo.Git("config", "remote.origin.uploadpack", $"touch {canary};");
        _repo.Git("config", "protocol.file.allow", "always");

        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);

        Assert.Null(await git.ReadAsync(await git.ResolveAsync("HEAD", s_cancel), new RepoPath("a"), 100, s_cancel));
        Assert.False(File.Exists(canary));
    }
}
