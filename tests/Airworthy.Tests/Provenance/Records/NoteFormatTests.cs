using System.Collections.Immutable;
using System.Text;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Provenance.Records;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance.Records;

/// <summary>The JSON notes of other tools: each line of their formats, and any bytes at all.</summary>
public class NoteFormatTests
{
    private const string AgentBlame1 = """
        {"version":1,"timestamp":"2026-03-02T09:00:00Z","attributions":[
          {"path":"a.cs","start_line":1,"end_line":3,"category":"ai_generated","provider":"claude_code","model":"claude-opus-4-5","confidence":1.0,"match_type":"exact_hash","content_hash":"x"},
          {"path":"a.cs","start_line":7,"end_line":7,"category":"ai_generated","provider":"opencode","model":null,"confidence":0.95}]}
        """;

    private const string AgentBlame2 = """
        {"version":2,"attributions":[{"path":"b.cs","startLine":4,"endLine":5,"category":"ai_generated","provider":"cursor","model":"default","matchType":"exact_hash"}]}
        """;

    private const string WhoGitIt = """
        {"version":2,"session":{"session_id":"sess","model":{"id":"claude-opus-4-5-20251101","provider":"anthropic"},"started_at":"2026-03-02T09:00:00Z","prompt_count":2},
         "prompts":[{"index":0,"text":" Add main ","timestamp":"2026-03-02T09:01:00Z","affected_files":["a.rs"]},{"index":1,"text":"","timestamp":"?"}],
         "files":[{"path":"a.rs","lines":[
           {"line_number":1,"content":"x","source":{"type":"AI","edit_id":"e"},"confidence":1.0},
           {"line_number":2,"content":"x","source":{"type":"AI","edit_id":"e"}},
           {"line_number":3,"content":"x","source":{"type":"AIModified","edit_id":"e","similarity":0.7}},
           {"line_number":4,"content":"x","source":{"type":"Human"}},
           {"line_number":5,"content":"x","source":{"type":"Original"}}],"summary":{"total_lines":5}}]}
        """;

    private const string Early = """
        {"files":{"a.rs":{"file":"a.rs","authors":[{"author":"Cursor","lines":[186,186,[182,183]],"agent_metadata":null},{"author":"o3","lines":[[1,2]]}]}},
         "schema_version":"authorship/0.0.1"}
        """;

    private static readonly ImmutableDictionary<string, AttestedAuthor?> s_nowhere = ImmutableDictionary<string, AttestedAuthor?>.Empty;

    [Fact]
    public void Agent_blame_of_both_versions_is_read()
    {
        Assert.Equal(
            ["1-3 claude-code/claude-opus-4-5 Proof", "7-7 opencode/ Proof"], Lines(new AgentBlameFormat(), AgentBlame1, "a.cs"));
        Assert.Equal(["4-5 cursor/ Proof"], Lines(new AgentBlameFormat(), AgentBlame2, "b.cs"));
    }

    [Fact]
    public void Whogitit_lines_an_agent_wrote_are_proof_edited_ones_weak_and_others_nobodys()
    {
        Assert.Equal(
            ["1-2 claude-code/claude-opus-4-5-20251101 Proof", "3-3 claude-code/claude-opus-4-5-20251101 Weak"], Lines(new WhoGitItFormat(), WhoGitIt, "a.rs"));
        var prompt = Assert.Single(new WhoGitItFormat().Prompts(Encoding.UTF8.GetBytes(WhoGitIt)));
        Assert.Equal(("Add main", "sess"), (prompt.Text, prompt.Agent?.Session));
    }

    [Fact]
    public void Early_git_ai_lines_are_an_agents_by_its_name_only_where_it_is_one()
    {
        Assert.Equal(
            ["1-2 unknown-agent/o3 Strong", "182-183 cursor/ Strong", "186-186 cursor/ Strong"], Lines(new EarlyGitAiFormat(), Early, "a.rs"));
    }

    [Fact]
    public void Prompts_of_old_git_ai_notes_are_what_people_said_and_no_more_than_the_bound()
    {
        var messages = string.Join(',', Enumerable.Range(0, 300).Select(i => FormattableString.Invariant(
            $$$$"""{"type":"user","text":"do {{{{i}}}}","timestamp":"2025-11-01T10:00:00Z"},{"type":"assistant","text":"done"},{"type":"tool_use","name":"x","input":{} }""")));
        var note = $$$$"""
            a.cs
              0123456789abcdef 1
            ---
            {"schema_version":"authorship/3.0.0","prompts":{"0123456789abcdef":{"agent_id":{"tool":"cursor","id":"conv","model":"gpt-5"},
             "messages":[{"type":"user","text":"{{{{new string('y', Prompt.LongestText + 5)}}}}"},{{{{messages}}}}]}}}
            """;

        var prompts = new GitAiNoteFormat(GitAiNoteFormat.Ref).Prompts(Encoding.UTF8.GetBytes(note)).ToList();

        Assert.Equal(Prompt.MostOfCommit, prompts.Count);
        Assert.Equal(Prompt.LongestText, prompts[0].Text.Length);
        Assert.Equal(("do 0", "cursor", "conv"), (prompts[1].Text, prompts[1].Agent?.Name, prompts[1].Agent?.Session));
    }

    [Theory]
    [InlineData("agentblame", "", "malformed")]
    [InlineData("agentblame", "[]", "no JSON object")]
    [InlineData("agentblame", "{}", "version")]
    [InlineData("agentblame", """{"version":3,"attributions":[]}""", "version")]
    [InlineData("agentblame", """{"version":"1","attributions":[]}""", "version")]
    [InlineData("agentblame", """{"version":1,"attributions":{} }""", "attributions")]
    [InlineData("agentblame", """{"version":1,"attributions":[]} x""", "malformed")]
    [InlineData("whogitit", """{"version":2,"session":[],"files":[]}""", "session")]
    [InlineData("whogitit", """{"version":2,"session":{},"files":7}""", "files")]
    [InlineData("early", """{"schema_version":"authorship/0.0.1"}""", "files")]
    [InlineData("early", """{"schema_version":"authorship/1.0.0","files":{} }""", "schema")]
    [InlineData("early", "---\n{}", "schema")]
    public void What_is_no_note_is_told(string format, string text, string problem)
    {
        Assert.False(Format(format).TryRead(Encoding.UTF8.GetBytes(text), s_nowhere, out _, out var told));
        Assert.Contains(problem, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agentblame", """{"version":1,"attributions":[null,7,{"path":7,"start_line":1},{"path":"a.cs"},{"path":"a.cs","start_line":-1},{"path":"a.cs","start_line":"1"},{"path":"a.cs","start_line":5,"end_line":2}]}""")]
    [InlineData("agentblame", """{"version":1,"attributions":[{"path":"\ud800","start_line":1,"\ud800":1}]}""")]
    [InlineData("whogitit", """{"session":{"model":7},"files":[7,{"path":[]},{"path":"a","lines":[7,{"line_number":0,"source":{"type":"AI"}},{"line_number":1,"source":7}]}],"prompts":[7,{"text":7}]}""")]
    [InlineData("early", """{"files":{"a":7,"b":{"authors":[7,{"author":7,"lines":[1]},{"author":"Cursor","lines":[0,"1",[1],[2,1],[1,2,3],{},-4]}]}}}""")]
    [InlineData("early", """{"files":{"\udfff":{"authors":[{"author":"Cursor","lines":[1]}]}}}""")]
    public void Members_of_a_wrong_type_are_passed_over(string format, string text)
    {
        Assert.True(Format(format).TryRead(Encoding.UTF8.GetBytes(text), s_nowhere, out var note, out var problem), problem);
        Assert.Empty(note.Files.Files);
        Assert.Empty(Format(format).Prompts(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void An_absurd_range_is_cut()
    {
        Assert.Equal(
            ["1-200000 cursor/ Proof"],
            Lines(new AgentBlameFormat(), """{"version":2,"attributions":[{"path":"a.cs","startLine":1,"endLine":18446744073709551615,"provider":"cursor"}]}""", "a.cs"));
    }

    [Fact]
    public void Bytes_of_any_kind_are_read_or_refused_never_thrown_at() =>
        Gen.Select(
            Gen.OneOf("agentblame", "whogitit", "early", "git-ai"),
            Gen.OneOf(AgentBlame1, AgentBlame2, WhoGitIt, Early),
            Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 4])
            .Sample((format, text, changes) =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                foreach (var (at, value) in changes)
                {
                    bytes[(int)(at * (bytes.Length - 1))] = value;
                }

                var isRead = Format(format).TryRead(bytes, s_nowhere, out var note, out var problem);
                return Format(format).Prompts(bytes).Count() <= Prompt.MostOfCommit && (isRead ? note.Files.Lines >= 0 : problem.Length > 0);
            });

    [Fact]
    public void Attested_lines_of_any_ranges_are_in_order_and_apart_and_the_last_range_wins() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, 20], Gen.Bool).Array[0, 30].Sample(ranges =>
        {
            var lines = LastEntryWins.Resolve(
                [.. ranges.Select((range, i) => new RecordedLines(new LineSpan(range.Item1, range.Item1 + range.Item2), range.Item3 ? new AttestedAuthor(new Agent($"a{i}")) : null))]);
            for (var i = 1; i < lines.Length; i++)
            {
                Assert.True(lines[i - 1].Span.End < lines[i].Span.Start);
            }

            for (var line = 1; line <= 90; line++)
            {
                var last = Array.FindLastIndex(ranges, range => line >= range.Item1 && line <= range.Item1 + range.Item2);
                var expected = last >= 0 && ranges[last].Item3 ? $"a{last}" : null;
                Assert.Equal(expected, lines.Where(attested => attested.Span.Contains(line)).Select(attested => attested.Author.Agent!.Name).SingleOrDefault());
            }
        });

    private static INoteFormat Format(string name) => name switch
    {
        "agentblame" => new AgentBlameFormat(),
        "whogitit" => new WhoGitItFormat(),
        "early" => new EarlyGitAiFormat(),
        _ => new GitAiNoteFormat(GitAiNoteFormat.Ref),
    };

    private static IEnumerable<string> Lines(INoteFormat format, string text, string path)
    {
        Assert.True(format.TryRead(Encoding.UTF8.GetBytes(text), s_nowhere, out var note, out var problem), problem);
        return note.Files.Files[new RepoPath(path)]
            .Select(lines => FormattableString.Invariant($"{lines.Span.Start}-{lines.Span.End} {lines.Author.Agent?.Name}/{lines.Author.Agent?.Model} {lines.Author.Strength}"));
    }
}
