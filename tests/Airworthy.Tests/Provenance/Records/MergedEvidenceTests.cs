using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Provenance.Records;

/// <summary>Several sources of evidence for one line or commit: all are kept, the nearer one answers, contradictions are told.</summary>
public sealed class MergedEvidenceTests : IDisposable
{
    private const string Claude = "Co-Authored-By: Claude <noreply@anthropic.com>";
    private const string Sessions = """
        ---
        {"schema_version":"authorship/3.0.0","prompts":{},"sessions":{"s_00000000000001":{"agent_id":{"tool":"codex","id":"c","model":"m"}}},
         "humans":{"h_00000000000001":{"author":"Ada <ada@example.org>"}}}
        """;

    private readonly RepositoryBuilder _repo = new();

    public void Dispose() => _repo.Dispose();

    [Fact]
    public async Task A_person_attested_for_a_line_outweighs_an_agents_trailer_which_is_told_as_a_conflict()
    {
        _repo.Write("a.cs", "1\n2\n").Commit($"One\n\n{Claude}");
        _repo.Note($"a.cs\n  h_00000000000001 1\n{Sessions}");
        await using var read = await ReadRepository.OpenAsync(_repo);

        var runs = await read.RunsAsync("a.cs");

        Assert.Equal(["1 human", "2 ai claude-code"], await read.LinesAsync("a.cs"));
        Assert.Equal("co-author", Assert.Single(runs[0].Authorship.Conflicts).Kind);
        Assert.Empty(runs[1].Authorship.Conflicts);
        Assert.Equal(["note", "co-author"], runs[0].Authorship.Signals.Select(signal => signal.Kind));
    }

    [Fact]
    public async Task Two_records_that_name_different_agents_for_a_line_are_both_kept()
    {
        _repo.Write("a.cs", "1\n2\n3\n4\n").Commit("One");
        _repo.Note($"a.cs\n  s_00000000000001::t_1 1-3\n{Sessions}");
        _repo.Note("""{"version":2,"attributions":[{"path":"a.cs","startLine":2,"endLine":4,"category":"ai_generated","provider":"cursor"}]}""", notesRef: "refs/notes/agentblame");
        await using var read = await ReadRepository.OpenAsync(_repo);

        var runs = await read.RunsAsync("a.cs");

        Assert.Equal(["1 ai codex", "2-3 ai codex,cursor", "4 ai cursor"], await read.LinesAsync("a.cs"));
        Assert.Equal([0, 1, 0], runs.Select(run => run.Authorship.Conflicts.Length));
        Assert.Equal("refs/notes/agentblame", runs[1].Authorship.Conflicts[0].Source);
    }

    [Fact]
    public async Task Records_that_name_a_person_and_an_agent_for_a_line_leave_it_unknown()
    {
        _repo.Write("a.cs", "1\n").Commit("One");
        _repo.Note($"a.cs\n  h_00000000000001 1\n{Sessions}");
        _repo.Note("""{"version":1,"attributions":[{"path":"a.cs","start_line":1,"end_line":1,"provider":"cursor"}]}""", notesRef: "refs/notes/agentblame");
        await using var read = await ReadRepository.OpenAsync(_repo);

        var run = Assert.Single(await read.RunsAsync("a.cs"));

        Assert.Equal((AuthorKind.Unknown, AuthorshipBasis.Line), (run.Authorship.Kind, run.Authorship.Basis));
        Assert.Equal(2, run.Authorship.Conflicts.Length);
    }

    [Theory]
    [InlineData("""{"version":2,"attributions":[{"path":"a.cs","startLine":1,"endLine":1,"category":"ai_assisted","provider":"cursor"}]}""")]
    [InlineData("""{"version":2,"attributions":[{"path":"a.cs","startLine":1,"endLine":1,"category":"ai_generated","provider":"cursor","confidence":0.3}]}""")]
    public async Task A_weak_record_is_kept_and_decides_nothing(string note)
    {
        var commit = _repo.Write("a.cs", "1\n").Commit("One");
        _repo.Note(note, notesRef: "refs/notes/agentblame");
        await using var read = await ReadRepository.OpenAsync(_repo);

        var run = Assert.Single(await read.RunsAsync("a.cs"));

        Assert.Equal(AuthorKind.Unknown, run.Authorship.Kind);
        Assert.Equal("cursor", Assert.Single(run.Authorship.Signals).Agent?.Name);
        Assert.Equal(AuthorKind.Unknown, (await read.OfAsync(commit)).Kind);
        Assert.Single((await read.OfAsync(commit)).Signals);
    }

    [Fact]
    public async Task A_weak_record_beside_a_trailer_leaves_the_answer_to_the_trailer()
    {
        _repo.Write("a.cs", "1\n").Commit($"One\n\n{Claude}");
        _repo.Note("""{"version":2,"attributions":[{"path":"a.cs","startLine":1,"endLine":1,"category":"ai_assisted","provider":"cursor"}]}""", notesRef: "refs/notes/agentblame");
        await using var read = await ReadRepository.OpenAsync(_repo);

        var run = Assert.Single(await read.RunsAsync("a.cs"));

        Assert.Equal((AuthorKind.Ai, AuthorshipBasis.Commit), (run.Authorship.Kind, run.Authorship.Basis));
        Assert.Equal("claude-code", Assert.Single(run.Authorship.Agents).Name);
    }

    [Fact]
    public async Task A_commit_whose_note_names_people_only_beside_an_agents_trailer_tells_the_conflict()
    {
        var commit = _repo.Write("a.cs", "1\n").Commit($"One\n\n{Claude}");
        _repo.Note($"a.cs\n  h_00000000000001 1\n{Sessions}");
        await using var read = await ReadRepository.OpenAsync(_repo);

        var whole = await read.OfAsync(commit);

        Assert.Equal(AuthorKind.Ai, whole.Kind);
        Assert.Equal(("note", null), (Assert.Single(whole.Conflicts).Kind, whole.Conflicts[0].Agent));
    }

    [Fact]
    public async Task A_commit_whose_note_names_people_and_agents_is_of_both_without_conflict()
    {
        var commit = _repo.Write("a.cs", "1\n2\n").Commit($"One\n\n{Claude}");
        _repo.Note($"a.cs\n  h_00000000000001 1\n  s_00000000000001::t_1 2\n{Sessions}");
        await using var read = await ReadRepository.OpenAsync(_repo);

        var whole = await read.OfAsync(commit);

        Assert.Equal(["claude-code", "codex"], whole.Agents.Select(agent => agent.Name).Order(StringComparer.Ordinal));
        Assert.Empty(whole.Conflicts);
        Assert.Equal("co-author", Assert.Single((await read.RunsAsync("a.cs"))[1].Authorship.Conflicts).Kind);
    }
}
