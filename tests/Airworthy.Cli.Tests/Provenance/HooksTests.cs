using Xunit;

namespace Airworthy.Cli.Tests.Provenance;

public sealed class HooksTests : IDisposable
{
    private readonly HookedRepository _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task An_amended_commit_keeps_what_is_known_of_the_lines_it_keeps()
    {
        await _shop.RunAsync("hooks", "install");
        await _shop.CommitAsync("Work", "claude", ("a.cs", "one();\ntwo();\nthree();\n"));

        _shop.Repository.Write("a.cs", "zero();\none();\nchanged();\nthree();\n");
        _shop.Git("commit", "-q", "-a", "--amend", "-m", "Better");

        Assert.Equal(["a.cs:2=claude/m", "a.cs:4=claude/m"], PlainNote.Lines(_shop.Repository, "HEAD"));
        Assert.Equal("unknown,ai,unknown,ai", await BlameAsync("a.cs"));
    }

    [Fact]
    public async Task A_rebase_with_a_fixup_keeps_the_lines_of_both_commits_and_of_a_person()
    {
        await StartAsync();
        _shop.Git("checkout", "-q", "-b", "topic");
        await _shop.CommitAsync("One", "claude", ("a.cs", "one();\n{\n}\n"));
        await _shop.CommitAsync("Two", "human", ("a.cs", "one();\n{\n}\nbyHand();\n{\n}\n"));
        await _shop.CommitAsync("Three", "codex", ("b.cs", "three();\n"));
        _shop.Git("checkout", "-q", "main");
        _shop.Commit("Main goes on", ("other.cs", "x\n"));
        _shop.Git("checkout", "-q", "topic");

        _shop.GitWith([("GIT_SEQUENCE_EDITOR", "sed -i -e '2s/^pick/fixup/'")], ["rebase", "-q", "-i", "main"]);

        Assert.Equal("2", _shop.Git("rev-list", "--count", "main..topic").Trim());
        Assert.Equal(
            ["a.cs:1=claude/m", "a.cs:2=claude/m", "a.cs:3=claude/m", "a.cs:4=Ada", "a.cs:5=Ada", "a.cs:6=Ada"], PlainNote.Lines(_shop.Repository, "topic^"));
        Assert.Equal(["b.cs:1=codex/m"], PlainNote.Lines(_shop.Repository, "topic"));
        Assert.Equal("ai,human", await BlameAsync("a.cs"));
    }

    [Fact]
    public async Task A_fixup_of_an_older_commit_goes_to_that_one()
    {
        await StartAsync();
        await _shop.CommitAsync("One", "claude", ("a.cs", "one();\n"));
        await _shop.CommitAsync("Two", "human", ("b.cs", "two();\n"));
        await _shop.CommitAsync("fixup! One", "codex", ("a.cs", "one();\nmore();\n"));

        _shop.GitWith([("GIT_SEQUENCE_EDITOR", "true")], ["rebase", "-q", "-i", "--autosquash", "HEAD~3"]);

        Assert.Equal(["a.cs:1=claude/m", "a.cs:2=codex/m"], PlainNote.Lines(_shop.Repository, "HEAD^"));
        Assert.Equal(["b.cs:1=Ada"], PlainNote.Lines(_shop.Repository, "HEAD"));
    }

    [Fact]
    public async Task A_pull_with_rebase_keeps_them()
    {
        _shop.Commit("Start", ("start.cs", "start\n"));
        using var clone = _shop.Repository.Clone();
        _shop.Commit("Upstream", ("other.cs", "x\n"));
        await CliRun.InAsync(clone.Folder, "hooks", "install");
        clone.Write("a.cs", "one();\n").Commit("Mine");
        await CliRun.NoteAsync(clone.Folder, "claude");

        _shop.GitWith([], ["pull", "-q", "--rebase", "origin", "main"], clone.Folder);

        Assert.Equal(["a.cs:1=claude/m"], PlainNote.Lines(clone, "HEAD"));
        Assert.Equal("Upstream", clone.Git("log", "-1", "--format=%s", "HEAD^").Trim());
    }

    [Fact]
    public async Task A_cherry_pick_keeps_them_also_through_a_conflict()
    {
        await StartAsync();
        _shop.Git("branch", "release");
        await _shop.CommitAsync("One", "claude", ("a.cs", "one();\n"));
        await _shop.CommitAsync("Two", "codex", ("a.cs", "one();\ntwo();\n"), ("start.cs", "other\nnext();\n"));
        _shop.Git("checkout", "-q", "release");
        _shop.Repository.Write("start.cs", "release\n");
        _shop.Git("commit", "-q", "-a", "-m", "Release");

        _shop.Git("cherry-pick", "main^");
        var conflict = _shop.Try([], ["cherry-pick", "main"]);
        _shop.Repository.Write("start.cs", "merged\nnext();\n");
        _shop.Git("commit", "-q", "-a", "--no-edit");

        Assert.NotEqual(0, conflict.Exit);
        Assert.Equal(["a.cs:1=claude/m"], PlainNote.Lines(_shop.Repository, "HEAD^"));
        Assert.Equal(["a.cs:2=codex/m", "start.cs:2=codex/m"], PlainNote.Lines(_shop.Repository, "HEAD"));
    }

    [Fact]
    public async Task A_local_squash_keeps_both_agents_and_the_person()
    {
        await StartAsync();
        _shop.Git("checkout", "-q", "-b", "topic");
        await _shop.CommitAsync("One", "claude", ("a.cs", "one();\nshared();\n"));
        await _shop.CommitAsync("Two", "codex", ("a.cs", "one();\nshared();\ntwo();\n"));
        await _shop.CommitAsync("Three", "human", ("a.cs", "one();\nbyHand();\ntwo();\n"));
        _shop.Git("checkout", "-q", "main");

        _shop.Git("merge", "-q", "--squash", "topic");
        _shop.Git("commit", "-q", "-m", "All in one");

        Assert.Equal(["a.cs:1=claude/m", "a.cs:2=Ada", "a.cs:3=codex/m"], PlainNote.Lines(_shop.Repository, "HEAD"));
        Assert.Equal("ai,human,ai", await BlameAsync("a.cs"));
    }

    [Fact]
    public async Task A_squash_that_was_given_up_leaves_nothing_to_the_next_commit()
    {
        await StartAsync();
        _shop.Git("checkout", "-q", "-b", "topic");
        await _shop.CommitAsync("One", "claude", ("a.cs", "one();\n"));
        _shop.Git("checkout", "-q", "main");
        _shop.Git("merge", "-q", "--squash", "topic");
        Assert.NotEqual(0, _shop.Try([("GIT_EDITOR", "false")], ["commit"]).Exit);
        _shop.Git("reset", "-q", "--hard");

        _shop.Commit("Mine, by chance alike", ("a.cs", "one();\n"));

        Assert.Equal("unknown", await BlameAsync("a.cs"));
    }

    [Fact]
    public async Task Work_in_another_worktree_is_kept_as_well()
    {
        _shop.Commit("Start", ("start.cs", "start\n"));
        await _shop.RunAsync("hooks", "install");
        var tree = Path.Combine(_shop.Folder, "..", "tree");
        _shop.Git("worktree", "add", "-q", "-b", "topic", tree);
        await File.WriteAllTextAsync(Path.Combine(tree, "a.cs"), "one();\n", TestContext.Current.CancellationToken);
        _shop.GitWith([], ["add", "-A"], tree);
        _shop.GitWith([], ["commit", "-q", "-m", "Work"], tree);
        await CliRun.NoteAsync(tree, "claude");

        _shop.GitWith([], ["commit", "-q", "--amend", "-m", "Better"], tree);

        Assert.Equal(["a.cs:1=claude/m"], PlainNote.Lines(_shop.Repository, "topic"));
        Assert.Contains("installed", (await CliRun.InAsync(tree, "hooks", "status")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hooks_that_are_there_run_first_by_their_own_name_and_are_put_back()
    {
        const string Theirs = "#!/bin/sh\necho \"$(basename \"$0\") $1\" >>ran\ncat >>ran\n";
        const string Picky = "#!/usr/bin/env -S sh -e\n[ \"$2\" = message ] && exit 3 || exit 0\n";
        HookedRepository.Executable(_shop.Hook("post-rewrite"), Theirs);
        HookedRepository.Executable(_shop.Hook("prepare-commit-msg"), Picky);
        var installed = await _shop.RunAsync("hooks", "install");
        _shop.Repository.Write("a.cs", "one();\n");
        _shop.Git("add", "-A");

        var refused = _shop.Try([], ["commit", "-q", "-m", "No"]);
        _shop.GitWith([("GIT_EDITOR", "echo Yes >")], ["commit", "-q"]);
        var old = _shop.Repository.Head;
        _shop.Git("commit", "-q", "--amend", "--no-edit", "--date=2026-01-01");
        var uninstalled = await _shop.RunAsync("hooks", "uninstall");

        Assert.Contains("runs the hook that was there before first", installed.Out, StringComparison.Ordinal);
        Assert.NotEqual(0, refused.Exit);
        Assert.Equal(
            $"post-rewrite amend\n{old} {_shop.Repository.Head}\n",
            await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "ran"), TestContext.Current.CancellationToken));
        Assert.Equal(0, uninstalled.Exit);
        Assert.Equal(Theirs, await File.ReadAllTextAsync(_shop.Hook("post-rewrite"), TestContext.Current.CancellationToken));
        Assert.Equal(Picky, await File.ReadAllTextAsync(_shop.Hook("prepare-commit-msg"), TestContext.Current.CancellationToken));
        Assert.False(File.Exists(_shop.Hook("post-commit")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_shop.Folder, ".git", "hooks"), "*airworthy*"));
    }

    [Fact]
    public async Task Installing_twice_is_installing_once_and_status_tells()
    {
        HookedRepository.Executable(_shop.Hook("post-commit"), "#!/bin/sh\n");
        var before = await _shop.RunAsync("hooks", "status");
        await _shop.RunAsync("hooks", "install");
        var once = Files();

        await _shop.RunAsync("hooks", "install");
        var after = await _shop.RunAsync("hooks", "status", "--format", "json");

        Assert.Equal(1, before.Exit);
        Assert.Contains("not installed", before.Out, StringComparison.Ordinal);
        Assert.Equal(once, Files());
        Assert.Equal(0, after.Exit);
        Assert.Contains("\"state\": \"installed\"", after.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_that_core_hooksPath_names_is_used()
    {
        _shop.Git("config", "core.hooksPath", "tools/hooks");

        var run = await _shop.RunAsync("hooks", "install");

        Assert.Equal(0, run.Exit);
        Assert.True(File.Exists(Path.Combine(_shop.Folder, "tools", "hooks", "post-rewrite")));
        Assert.False(File.Exists(_shop.Hook("post-rewrite")));
    }

    [Fact]
    public async Task A_hook_put_over_ours_by_another_tool_is_told_and_not_touched()
    {
        HookedRepository.Executable(_shop.Hook("post-commit"), "#!/bin/sh\n# first\n");
        await _shop.RunAsync("hooks", "install");
        HookedRepository.Executable(_shop.Hook("post-commit"), "#!/bin/sh\n# theirs\n");

        var status = await _shop.RunAsync("hooks", "status");
        var install = await _shop.RunAsync("hooks", "install");
        await _shop.RunAsync("hooks", "uninstall");

        Assert.Equal(1, status.Exit);
        Assert.Contains("replaced by another tool", status.Out, StringComparison.Ordinal);
        Assert.Equal(65, install.Exit);
        Assert.Contains("was put over Airworthy's hook", install.Error, StringComparison.Ordinal);
        Assert.Contains("# theirs", await File.ReadAllTextAsync(_shop.Hook("post-commit"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("# first", await File.ReadAllTextAsync(_shop.Hook("post-commit.before-airworthy"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Git_neither_fails_nor_speaks_where_airworthy_is_not_there()
    {
        await _shop.RunAsync("hooks", "install");
        await _shop.CommitAsync("Work", "claude", ("a.cs", "one();\n"));

        var amended = _shop.Try([("PATH", "/usr/bin:/bin")], ["commit", "-q", "--amend", "-m", "Better"]);

        Assert.Equal((0, "", ""), amended);
    }

    private string Files() => string.Join(
        '\n',
        Directory.EnumerateFiles(Path.Combine(_shop.Folder, ".git", "hooks")).Order(StringComparer.Ordinal).Select(file => $"{file}: {File.ReadAllText(file)}"));

    private async Task StartAsync()
    {
        await _shop.RunAsync("hooks", "install");
        _shop.Commit("Start", ("start.cs", "start\n"));
    }

    private async Task<string> BlameAsync(string path)
    {
        var run = await _shop.RunAsync("blame", "--format", "ndjson", ".", path);
        using var json = System.Text.Json.JsonDocument.Parse(run.Lines.Single());
        return string.Join(',', json.RootElement.GetProperty("runs").EnumerateArray().Select(part => part.GetProperty("authorship").GetString()));
    }
}
