using System.Globalization;
using System.Text;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Provenance.Records;

/// <summary>Notes in real repositories: which commit they speak of, what of them is believed, and what is counted.</summary>
public sealed class NoteRecordsTests : IDisposable
{
    private const string Claude = "Co-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>";

    private readonly RepositoryBuilder _repo = new();

    public void Dispose() => _repo.Dispose();

    [Fact]
    public async Task Lines_that_the_commit_did_not_add_are_rejected_and_counted()
    {
        _repo.Write("a.cs", "1\n2\n3\n").Commit("Start");
        var added = _repo.Write("a.cs", "1\n2\n3\n4\n5\n").Commit("Add");
        _repo.Note(Note("a.cs\n  s_00000000000001::t_1 1-4\nb.cs\n  s_00000000000001::t_1 1-90"), added);
        var copied = _repo.Write("c.cs", "c\n").Commit("Another");
        _repo.Note(Note("a.cs\n  s_00000000000001::t_1 4-5"), copied);
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal("1 line in 1 file", Assert.Single((await read.OfAsync(added)).Signals).Value);
        Assert.Equal(AuthorKind.Unknown, (await read.OfAsync(copied)).Kind);
        Assert.Equal((96, 95), (read.Coverage("refs/notes/ai").Lines, read.Coverage("refs/notes/ai").RejectedLines));
        Assert.Equal(["1-3 unknown", "4 ai claude-code", "5 unknown"], await read.LinesAsync("a.cs"));
    }

    [Fact]
    public async Task A_merge_is_credited_with_the_lines_that_resolve_its_conflict()
    {
        _repo.Write("a.cs", "1\n").Commit("Start");
        _repo.Branch("topic").Write("a.cs", "topic\n").Commit("Topic");
        _repo.Checkout("main").Write("a.cs", "main\n").Commit("Main");
        Assert.Throws<InvalidOperationException>(() => _repo.Merge("Merge topic", "topic"));
        var merge = _repo.Write("a.cs", "both\n").Commit("Merge topic");
        _repo.Note(Note("a.cs\n  s_00000000000001::t_1 1"), merge);
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(AuthorKind.Ai, (await read.OfAsync(merge)).Kind);
        Assert.Equal(["1 ai claude-code"], await read.LinesAsync("a.cs"));
        Assert.Equal(0, read.Coverage("refs/notes/ai").RejectedLines);
    }

    [Fact]
    public async Task A_session_without_a_record_is_found_in_another_note()
    {
        var first = _repo.Write("a.cs", "1\n").Commit("One");
        var second = _repo.Write("a.cs", "1\n2\n").Commit("Two");
        var third = _repo.Write("a.cs", "1\n2\n3\n").Commit("Three");
        _repo.Note(Note("a.cs\n  s_00000000000001::t_1 1"), first);
        _repo.Note("a.cs\n  s_00000000000001::t_2 2\n---\n{\"schema_version\":\"authorship/3.0.0\",\"prompts\":{}}", second);
        _repo.Note("a.cs\n  s_0000000000000f::t_2 3\n---\n{\"schema_version\":\"authorship/3.0.0\",\"prompts\":{}}", third);
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1 ai claude-code", "2 ai claude-code", "3 ai unknown-agent"], await read.LinesAsync("a.cs"));
        Assert.Equal(1, read.Coverage("refs/notes/ai").MissingRecords);
    }

    [Fact]
    public async Task A_note_made_for_another_commit_counts_and_is_told()
    {
        var other = _repo.Write("a.cs", "1\n").Commit("One");
        var rebased = _repo.Write("a.cs", "1\n2\n").Commit("Two");
        _repo.Note(
            $$$$"""
            a.cs
              s_00000000000001::t_1 2
            ---
            {"schema_version":"authorship/3.0.0","base_commit_sha":"{{{{other}}}}","logical_commit_id":"{{{{other}}}}","prompts":{},
             "sessions":{"s_00000000000001":{"agent_id":{"tool":"codex","id":"c","model":"gpt-5.5"}} }}
            """,
            rebased);
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1 unknown", "2 ai codex"], await read.LinesAsync("a.cs"));
        Assert.Equal(1, read.Coverage("refs/notes/ai").OfOtherCommits);
        Assert.Equal(CommitId.Parse(other), await read.Reader.LogicalCommitAsync(CommitId.Parse(rebased), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_tree_of_notes_spread_over_folders_is_read_like_a_flat_one()
    {
        var commit = _repo.Write("a.cs", "1\n").Commit("One");
        var blob = _repo.GitWithInput(Encoding.UTF8.GetBytes(Note("a.cs\n  s_00000000000001::t_1 1")), "hash-object", "-w", "--stdin").Trim();
        var deep = _repo.GitWithInput(Encoding.ASCII.GetBytes($"100644 blob {blob}\t{commit[4..]}\n"), "mktree").Trim();
        var middle = _repo.GitWithInput(Encoding.ASCII.GetBytes($"040000 tree {deep}\t{commit[2..4]}\n"), "mktree").Trim();
        var top = _repo.GitWithInput(Encoding.ASCII.GetBytes($"040000 tree {middle}\t{commit[..2]}\n"), "mktree").Trim();
        var tip = _repo.Git("-c", "user.name=x", "-c", "user.email=x@y", "commit-tree", "-m", "notes", top).Trim();
        _repo.Git("update-ref", "refs/notes/ai", tip);
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1 ai claude-code"], await read.LinesAsync("a.cs"));
    }

    [Fact]
    public async Task Notes_of_commits_out_of_reach_and_of_blobs_and_trees_harm_nothing()
    {
        _repo.Write("a.cs", "1\n").Commit("One");
        _repo.Branch("gone").Write("a.cs", "2\n").Commit("Gone");
        _repo.Note(Note("a.cs\n  s_00000000000001::t_1 1"), "gone").Note(Note("a.cs\n  s_00000000000001::t_1 1"), "gone:a.cs").Note("no note", "gone^{tree}");
        _repo.Checkout("main").Git("branch", "-D", "gone");
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1 unknown"], await read.LinesAsync("a.cs"));
        Assert.Equal((3, 0), (read.Coverage("refs/notes/ai").Records, read.Coverage("refs/notes/ai").Read));
    }

    [Fact]
    public async Task A_note_of_three_megabytes_is_read_and_one_over_the_bound_is_told()
    {
        var big = _repo.Write("a.cs", "1\n").Commit("Big");
        var huge = _repo.Write("a.cs", "1\n2\n").Commit("Huge");
        _repo.Note(WithTranscript("a.cs\n  s_00000000000001::t_1 1", 3 << 20), big);
        _repo.Note(WithTranscript("a.cs\n  s_00000000000001::t_1 2", 17 << 20), huge);
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1 ai claude-code", "2 unknown"], await read.LinesAsync("a.cs"));
        var unreadable = Assert.Single(read.Reader.UnreadableNotes);
        Assert.Equal((CommitId.Parse(huge), "refs/notes/ai"), (unreadable.Commit, unreadable.Source));
        Assert.Contains("16 MiB", unreadable.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0\0\0")]
    [InlineData("---")]
    [InlineData("a.cs\n  s_00000000000001::t_1 1\n---\n{\"schema_version\":3}")]
    [InlineData("a.cs\n  s_00000000000001::t_1 1\n---\n{\"schema_version\":\"authorship/3.0.0\",\"prompts\":[[[")]
    public async Task A_note_that_is_none_leaves_the_commit_to_its_own_marks(string text)
    {
        var commit = _repo.Write("a.cs", "1\n").Commit($"One\n\n{Claude}");
        var blob = _repo.GitWithInput(Encoding.UTF8.GetBytes(text), "hash-object", "-w", "--stdin").Trim();
        _repo.Git("-c", "user.name=x", "-c", "user.email=x@y", "notes", "--ref=ai", "add", "-C", blob, commit);
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1 ai claude-code"], await read.LinesAsync("a.cs"));
        Assert.Equal(1, read.Coverage("refs/notes/ai").Unreadable);
    }

    [Fact]
    public async Task Refs_of_git_ai_before_1_0_are_read_in_both_their_layouts()
    {
        var early = _repo.Write("a.cs", "1\n2\n3\n4\n").Commit("One");
        var later = _repo.Write("b.cs", "1\n").Commit("Two");
        Ref(early, """
            {"files":{"a.cs":{"file":"a.cs","authors":[
              {"author":"Claude Code","lines":[[1,2]],"agent_metadata":null},
              {"author":"Ada Lovelace","lines":[2,[4,4]],"agent_metadata":null}]}},"schema_version":"authorship/0.0.1"}
            """);
        Ref(later, Note("b.cs\n  s_00000000000001::t_1 1"));
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(["1 ai claude-code", "2-4 unknown"], await read.LinesAsync("a.cs"));
        Assert.Equal(["1 ai claude-code"], await read.LinesAsync("b.cs"));

        void Ref(string commit, string text) => _repo.Git(
            "update-ref", $"refs/ai/authorship/{commit}", _repo.GitWithInput(Encoding.UTF8.GetBytes(text), "hash-object", "-w", "--stdin").Trim());
    }

    [Fact]
    public async Task A_partial_clone_whose_blobs_are_missing_still_answers_with_the_record_as_it_is()
    {
        _repo.Write("a.cs", "1\n").Commit("One");
        var commit = _repo.Write("a.cs", "1\n2\n").Commit("Two");
        _repo.Note(Note("a.cs\n  s_00000000000001::t_1 2"), commit);
        var blob = _repo.Git("rev-parse", "HEAD:a.cs").Trim();
        File.Delete(Path.Combine(_repo.Folder, ".git", "objects", blob[..2], blob[2..]));
        await using var read = await ReadRepository.OpenAsync(_repo);

        Assert.Equal(AuthorKind.Ai, (await read.OfAsync(commit)).Kind);
        Assert.Equal(AuthorKind.Unknown, (await read.OfAsync(_repo.Git("rev-parse", "HEAD~").Trim())).Kind);
    }

    private static string Note(string attestations) => $$$$"""
        {{{{attestations}}}}
        ---
        {"schema_version":"authorship/3.0.0","prompts":{},"sessions":{"s_00000000000001":{"agent_id":{"tool":"claude","id":"c","model":"m"}} }}
        """;

    private static string WithTranscript(string attestations, int length) => string.Create(CultureInfo.InvariantCulture, $$$$"""
        {{{{attestations}}}}
        ---
        {"schema_version":"authorship/3.0.0","prompts":{"0123456789abcdef":{"agent_id":{"tool":"cursor"},"messages":[{"type":"user","text":"{{{{new string('x', length)}}}}"}]}},"sessions":{"s_00000000000001":{"agent_id":{"tool":"claude","id":"c","model":"m"}} }}
        """);
}
