using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Provenance;

public sealed class ChangeLinksTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_squash_owns_the_commits_of_its_request_s_head()
    {
        Start();
        var (one, two) = Topic();
        _shop.Git("update-ref", "refs/pull/7/head", "topic");
        _shop.Checkout("main").Write("other.cs", "x\n").Commit("Main goes on");
        var landed = _shop.Write("a.cs", "one();\ntwo();\nreviewed();\n").Commit("Topic (#7)");

        await AssertOwnsAsync(landed, landed, one, two);
    }

    [Fact]
    public async Task A_squash_without_a_number_is_found_by_its_content_also_when_the_main_line_went_on()
    {
        Start();
        var (one, two) = Topic();
        _shop.Checkout("main").Write("other.cs", "x\n").Commit("Main goes on");
        var landed = _shop.Write("a.cs", "one();\ntwo();\n").Commit("All of the topic");

        await AssertOwnsAsync(landed, landed, one, two);
    }

    [Fact]
    public async Task A_squash_of_a_branch_that_took_the_main_line_in_is_compared_with_where_it_did()
    {
        Start();
        var (one, _) = Topic();
        _shop.Checkout("main").Write("a2.cs", "main();\n").Commit("Main goes on");
        _shop.Checkout("topic");
        var update = _shop.Merge("Merge branch 'main' into topic", "main");
        _shop.Checkout("main");
        var landed = _shop.Write("a.cs", "one();\ntwo();\n").Commit("All of the topic");

        await AssertOwnsAsync(landed, landed, one, _shop.Git("rev-parse", $"{update}^1").Trim(), update);
    }

    [Fact]
    public async Task A_rewriting_that_a_note_follows_belongs_to_the_same_change_however_it_changed()
    {
        Start();
        _shop.Branch("topic").Write("a.cs", "one();\n");
        var one = _shop.Commit("One");
        _shop.Checkout("main").Write("b.cs", "quite();\nanother();\nthing();\n");
        var landed = _shop.Commit("Reworded and rewritten");
        _shop.Note(
            $$$"""
            ---
            {"schema_version":"authorship/3.0.0","base_commit_sha":"{{{landed}}}","logical_commit_id":"{{{one}}}","prompts":{},"sessions":{} }
            """,
            landed);

        await AssertOwnsAsync(landed, landed, one);
    }

    [Fact]
    public async Task Two_commits_of_one_history_that_notes_follow_to_one_origin_are_one_change()
    {
        Start();
        var first = _shop.Write("a.cs", "one();\n").Commit("One");
        _shop.Write("c.cs", "between();\n").Commit("Between");
        var again = _shop.Write("b.cs", "other();\n").Commit("One, on another branch");
        _shop.Note(
            $$$"""
            ---
            {"schema_version":"authorship/3.0.0","base_commit_sha":"{{{again}}}","logical_commit_id":"{{{first}}}","prompts":{},"sessions":{} }
            """,
            again);

        var index = await IndexAsync();
        Assert.Equal(index.Of(CommitId.Parse(first))!.Id, index.Of(CommitId.Parse(again))!.Id);
    }

    [Fact]
    public async Task A_missing_object_hides_only_the_patch_that_needs_it()
    {
        Start();
        _shop.Branch("broken").Write("b.cs", "broken();\n").Commit("Broken");
        _shop.Checkout("main").Write("b.cs", "broken();\nmore();\n").Commit("Broken, landed");
        _shop.Branch("topic").Write("a.cs", "one();\n");
        var one = _shop.Commit("One");
        _shop.Checkout("main").Write("other.cs", "x\n").Commit("Main goes on");
        var landed = _shop.Write("a.cs", "one();\n").Commit("All of the topic");
        var blob = _shop.Git("rev-parse", "broken:b.cs").Trim();
        File.Delete(Path.Combine(_shop.Folder, ".git", "objects", blob[..2], blob[2..]));

        await AssertOwnsAsync(landed, landed, one);
    }

    [Fact]
    public async Task A_number_alone_ties_nothing_together()
    {
        Start();
        var (one, _) = Topic();
        _shop.Git("update-ref", "refs/pull/7/head", "topic");
        _shop.Checkout("main");
        var other = _shop.Write("z.cs", "different();\nthings();\n").Commit("Mend what issue seven says (#7)");

        var index = await IndexAsync();

        Assert.Null(index.Of(CommitId.Parse(one)));
        Assert.Single(index.Of(CommitId.Parse(other))!.Commits);
    }

    [Fact]
    public async Task A_rebased_branch_belongs_to_what_landed_of_it_commit_by_commit()
    {
        Start();
        var (one, two) = Topic();
        _shop.Checkout("main").Write("other.cs", "x\n").Commit("Main goes on");
        _shop.Git("-c", "user.name=Test", "-c", "user.email=t@e.st", "cherry-pick", one, two);

        var index = await IndexAsync();

        Assert.Equal("One", index.Of(CommitId.Parse(one))!.Title);
        Assert.Equal(_shop.Git("rev-parse", "main^").Trim(), index.Of(CommitId.Parse(one))!.Landed.Hex);
        Assert.Equal(_shop.Head, index.Of(CommitId.Parse(two))!.Landed.Hex);
    }

    [Fact]
    public async Task A_pick_on_a_release_branch_belongs_to_its_origin_also_through_a_conflict()
    {
        Start();
        _shop.Git("branch", "release");
        var silent = _shop.Write("a.cs", "one();\n").Commit("Silent");
        var declared = _shop.Write("b.cs", "two();\n").Commit("Declared");
        var conflict = _shop.Write("c.cs", "l1();\nl2();\nl3();\nl4();\n").Commit("Conflict");
        _shop.Checkout("release");
        _shop.Git("-c", "user.name=T", "-c", "user.email=t@e.st", "cherry-pick", silent);
        var silentPick = _shop.Head;
        var declaredPick = _shop.CherryPick(declared);
        _shop.Git("-c", "user.name=T", "-c", "user.email=t@e.st", "cherry-pick", conflict);
        _shop.Write("c.cs", "l1();\nl2();\nl3();\nrelease();\n");
        _shop.Git("-c", "user.name=T", "-c", "user.email=t@e.st", "commit", "-q", "-a", "--amend", "--no-edit");
        var conflictPick = _shop.Head;
        _shop.Checkout("main");

        await AssertOwnsAsync(silent, silent, silentPick);
        await AssertOwnsAsync(declared, declared, declaredPick);
        await AssertOwnsAsync(conflict, conflict, conflictPick);
    }

    [Fact]
    public async Task A_silent_pick_that_came_back_by_a_merge_is_one_change_with_its_origin()
    {
        Start();
        _shop.Branch("release");
        var fix = _shop.Write("a.cs", "fix();\n").Commit("Fix");
        _shop.Checkout("main").Write("other.cs", "x\n").Commit("Main goes on");
        _shop.Git("-c", "user.name=T", "-c", "user.email=t@e.st", "cherry-pick", fix);
        var pick = _shop.Head;
        _shop.Git("-c", "user.name=T", "-c", "user.email=t@e.st", "merge", "-q", "--no-ff", "-m", "Merge branch 'main' of x", "release");

        var index = await IndexAsync();

        Assert.Same(index.Of(CommitId.Parse(fix)), index.Of(CommitId.Parse(pick)));
    }

    [Fact]
    public async Task A_revert_and_its_revert_are_changes_of_their_own()
    {
        Start();
        var work = _shop.Write("a.cs", "one();\n").Commit("Work");
        var revert = Revert(work);
        var again = Revert(revert);

        var index = await IndexAsync();

        Assert.Equal(3, new[] { work, revert, again }.Select(commit => index.Of(CommitId.Parse(commit))!.Id).Distinct().Count());
    }

    [Fact]
    public async Task Empty_commits_and_the_same_patch_by_others_are_not_the_same()
    {
        Start();
        var now = "2026-01-01T00:00:00Z";
        string Empty()
        {
            _shop.Git("-c", "user.name=T", "-c", "user.email=t@e.st", "commit", "-q", "--allow-empty", "--date", now, "-m", "Trigger");
            return _shop.Head;
        }

        var (first, second) = (Empty(), Empty());
        _shop.Git("branch", "side");
        var mine = _shop.Write("v.txt", "1.1\n").Commit("Raise the version");
        _shop.Checkout("side").Wait(TimeSpan.FromDays(1));
        var theirs = _shop.Write("other.txt", "2\n").Commit("Raise the version");
        _shop.Checkout("main");

        var index = await IndexAsync();

        Assert.NotSame(index.Of(CommitId.Parse(first)), index.Of(CommitId.Parse(second)));
        Assert.Single(index.Of(CommitId.Parse(mine))!.Commits);
        Assert.Null(index.Of(CommitId.Parse(theirs)));
    }

    [Fact]
    public async Task Octopus_merges_and_several_roots_own_each_commit_once()
    {
        Start();
        foreach (var name in new[] { "x", "y", "z" })
        {
            _shop.Branch(name, "main").Write($"{name}.cs", $"{name}();\n").Commit(name);
        }

        _shop.Checkout("main");
        var octopus = _shop.Merge("Merge branches 'x', 'y' and 'z'", "x", "y", "z");
        _shop.Git("checkout", "-q", "--orphan", "other");
        var root = _shop.Write("root.cs", "root();\n").Commit("Another root");
        _shop.Checkout("main");
        _shop.Git("-c", "user.name=T", "-c", "user.email=t@e.st", "merge", "-q", "--allow-unrelated-histories", "-m", "Join", "other");

        var index = await IndexAsync();

        Assert.Equal(4, index.Of(CommitId.Parse(octopus))!.Commits.Length);
        Assert.Equal("Join", index.Of(CommitId.Parse(root))!.Title);
        Assert.Equal(index.Changes.Sum(change => change.Commits.Length), index.Changes.SelectMany(change => change.Commits).Distinct().Count());
    }

    private string Revert(string commit)
    {
        _shop.Git("-c", "user.name=T", "-c", "user.email=t@e.st", "revert", "--no-edit", commit);
        return _shop.Head;
    }

    private void Start() => _shop.Write("start.cs", "start\n").Commit("Start");

    private (string One, string Two) Topic()
    {
        _shop.Branch("topic");
        var one = _shop.Write("a.cs", "one();\n").Commit("One");
        var two = _shop.Write("a.cs", "one();\ntwo();\n").Commit("Two");
        return (one, two);
    }

    private async Task AssertOwnsAsync(string landed, params string[] commits)
    {
        var index = await IndexAsync();
        Assert.Equal(commits.Order(StringComparer.Ordinal), index.Of(CommitId.Parse(landed))!.Commits.Select(commit => commit.Hex).Order(StringComparer.Ordinal));
    }

    private async Task<ChangeIndex> IndexAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var git = await GitRepository.OpenAsync(_shop.Folder, cancel);
        var tip = await git.ResolveAsync("main", cancel);
        var history = new ChangeHistory();
        await foreach (var commit in git.HistoryAsync(tip.Hex, cancel))
        {
            history.Add(commit);
        }

        return history.Index(tip, await ChangeLinks.AcrossRefsAsync(git, history, tip, await AuthorshipReader.OpenAsync(git, cancel), cancel));
    }
}
