using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Airworthy.Model;
using Airworthy.Provenance.Records;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance.Records;

public class GitAiNoteFormatTests
{
    private const string Metadata = """
        {
          "schema_version": "authorship/3.0.0",
          "base_commit_sha": "0123456789abcdef0123456789abcdef01234567",
          "prompts": {
            "0123456789abcdef": { "agent_id": { "tool": "cursor", "id": "conv-1", "model": "default" }, "messages": [{ "type": "user", "text": "do it" }] },
            "abcdef0": { "agent_id": { "tool": "codex", "id": "conv-2", "model": "\"gpt-5\"" } },
            "1111111111111111": { "agent_id": { "tool": "mock_ai", "id": "x", "model": "y" } }
          },
          "sessions": {
            "s_0123456789abcd": { "agent_id": { "tool": "claude", "id": "conv-3", "model": "claude-opus-4-8" }, "human_author": "A <a@b.c>" }
          },
          "humans": { "h_0123456789abcd": { "author": "A <a@b.c>" } }
        }
        """;

    private static readonly ImmutableDictionary<string, AttestedAuthor?> s_nowhere = ImmutableDictionary<string, AttestedAuthor?>.Empty;

    private static GitAiNoteFormat Format { get; } = new(GitAiNoteFormat.Ref);

    private static readonly Agent s_claude = new("claude-code", "claude-opus-4-8", "conv-3");

    [Fact]
    public void Every_kind_of_key_finds_its_author()
    {
        var note = Read("""
            a.cs
              s_0123456789abcd::t_00112233445566 1-3,5
              0123456789abcdef 10
              abcdef0 11
              h_0123456789abcd 12-13
              ai_agent 14
              0f8fad5b-d9cb-469f-a165-70867728950e 15
              s_ffffffffffffff::t_1 16
              s_0123456789abcd 17
              human 18
              1111111111111111 19
            """);

        Assert.Equal(
            [
                (1, 3, s_claude),
                (5, 5, s_claude),
                (10, 10, new Agent("cursor", null, "conv-1")),
                (11, 11, new Agent("codex", "gpt-5", "conv-2")),
                (12, 13, null),
                (14, 16, new Agent("unknown-agent")),
                (17, 17, s_claude),
            ],
            Lines(note, "a.cs"));
    }

    [Fact]
    public void The_last_entry_that_covers_a_line_wins()
    {
        var note = Read("""
            a.cs
              s_0123456789abcd::t_1 1-10
              h_0123456789abcd 3-4
              abcdef0 4-6
              human 9
            """);

        Assert.Equal(
            [(1, 2, s_claude), (3, 3, null), (4, 6, new Agent("codex", "gpt-5", "conv-2")), (7, 8, s_claude), (10, 10, s_claude)],
            Lines(note, "a.cs"));
    }

    [Fact]
    public void Paths_are_taken_as_they_are_but_for_the_quotes_around_them()
    {
        var note = Read("\"with space and \"quote\".cs\"\n  abcdef0 1\nplain.cs  \n  abcdef0 2  \n\nempty.cs\n\"tab\there\"\n  abcdef0 3");

        Assert.Equal(["plain.cs", "tab\there", "with space and \"quote\".cs"], note.Files.Files.Keys.Select(path => path.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_path_that_is_not_utf8_is_found_by_its_bytes()
    {
        byte[] text = [0xFF, 0x2E, 0x63, .. Encoding.UTF8.GetBytes($"\n  abcdef0 1\n---\n{Metadata}")];

        Assert.True(Format.TryRead(text, s_nowhere, out var note, out _));
        Assert.Equal([0xFF, 0x2E, 0x63], Assert.Single(note.Files.Files).Key.ToBytes());
    }

    [Fact]
    public void An_absurd_range_is_cut()
    {
        var note = Read("a.cs\n  abcdef0 1-18446744073709551615\nb.cs\n  abcdef0 4294967296");

        Assert.Equal(RecordedLines.LongestRange, Assert.Single(note.Files.Files[new RepoPath("a.cs")]).Span.End);
        Assert.Equal(1, Assert.Single(note.Files.Files[new RepoPath("b.cs")]).Span.Count);
    }

    [Fact]
    public void A_note_without_attestations_says_nothing()
    {
        var note = Read("");

        Assert.Empty(note.Files.Files);
        Assert.Empty(note.Files.Signals("note", "refs/notes/ai"));
    }

    [Theory]
    [InlineData("a.cs\n  abcdef0 1\n{}", "no line '---'")]
    [InlineData("---\n", "malformed")]
    [InlineData("---\n[]", "no JSON object")]
    [InlineData("---\n{\"schema_version\":\"authorship/3.0.0\",", "malformed at line 1")]
    [InlineData("---\n{\"schema_version\":\"authorship/3.0.0\"} x", "malformed")]
    [InlineData("---\n{\"schema_version\":\"authorship/4.0.0\"}", "schema is 'authorship/4.0.0'")]
    [InlineData("---\n{}", "schema is ''")]
    [InlineData("  abcdef0 1\n---\n{\"schema_version\":\"authorship/3.0.0\"}", "line 1 is neither")]
    [InlineData("a.cs\n  abcdef0\n---\n{\"schema_version\":\"authorship/3.0.0\"}", "line 2 is neither")]
    [InlineData("a.cs\n  abcdef0 1,,2\n---\n{\"schema_version\":\"authorship/3.0.0\"}", "line 2 has a range")]
    [InlineData("a.cs\n  abcdef0 5-3\n---\n{\"schema_version\":\"authorship/3.0.0\"}", "line 2 has a range")]
    [InlineData("a.cs\n  abcdef0 0\n---\n{\"schema_version\":\"authorship/3.0.0\"}", "line 2 has a range")]
    [InlineData("a.cs\n  abcdef0 -1\n---\n{\"schema_version\":\"authorship/3.0.0\"}", "line 2 has a range")]
    [InlineData("a.cs\n  abcdef0 one\n---\n{\"schema_version\":\"authorship/3.0.0\"}", "line 2 has a range")]
    public void What_is_no_note_is_told_with_the_place(string text, string problem)
    {
        Assert.False(Format.TryRead(Encoding.UTF8.GetBytes(text), s_nowhere, out _, out var told));
        Assert.Contains(problem, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty-000c95d4f7", 0, 0, "")]
    [InlineData("hex7-00309900d7", 1, 18, "cursor/gpt-5.1")]
    [InlineData("logical-10693d0ce0", 4, 0, "codex/gpt-5.5")]
    [InlineData("mixed-02be748fc4", 2, 3, "claude-code/claude-opus-4-6,unknown-agent")]
    [InlineData("prompts-00532b4b95", 1, 281, "claude-code/claude-opus-4-5-20251101")]
    [InlineData("prompts_msgs-02fefa8bfe", 1, 15, "cursor/claude-4.6-opus-high-thinking")]
    [InlineData("sessions+human-0227c4a74e", 1, 0, "claude-code/claude-sonnet-4-6,codex/gpt-5.5")]
    [InlineData("sessions-003bb22b84", 1, 0, "claude-code/claude-sonnet-4-6")]
    public void Real_notes_of_each_shape_are_read(string sample, int files, int lines, string agents)
    {
        var text = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Provenance", "Notes", $"{sample}.note"));

        Assert.True(Format.TryRead(text, s_nowhere, out var note, out var problem), problem);
        var attested = note.Files.Files.Values.SelectMany(file => file).ToList();
        Assert.InRange(note.Files.Files.Count, files, files + 1);
        if (lines > 0)
        {
            Assert.InRange(attested.Sum(at => at.Span.Count), lines, lines * 20);
        }

        Assert.Equal(
            agents,
            string.Join(',', attested.Where(at => at.Author.Agent is not null).Select(at => Name(at.Author.Agent!)).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_person_attested_among_agents_is_kept_apart()
    {
        var text = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Provenance", "Notes", "sessions+human-0227c4a74e.note"));

        Assert.True(Format.TryRead(text, s_nowhere, out var note, out _));
        var people = note.Files.Files[new RepoPath("src/commands/activity.rs")].Where(lines => lines.Author.Agent is null);
        Assert.Equal([new LineSpan(136, 136), new LineSpan(138, 139), new LineSpan(162, 162)], people.Select(lines => lines.Span));
    }

    [Fact]
    public void Lines_agree_with_the_rule_read_naively() =>
        Gen.Select(Gen.OneOf("s_0123456789abcd::t_1", "h_0123456789abcd", "abcdef0", "human"), Gen.Int[1, 40], Gen.Int[0, 12])
            .Array[0, 25]
            .Sample(entries =>
            {
                var text = "a.cs\n" + string.Concat(entries.Select(e => string.Create(CultureInfo.InvariantCulture, $"  {e.Item1} {e.Item2}-{e.Item2 + e.Item3}\n")));
                var note = Read(text);
                for (var line = 1; line <= 60; line++)
                {
                    var winner = entries.LastOrDefault(e => line >= e.Item2 && line <= e.Item2 + e.Item3).Item1;
                    var expected = winner switch
                    {
                        null or "human" => "nobody",
                        "h_0123456789abcd" => "person",
                        "abcdef0" => "codex",
                        _ => "claude-code",
                    };
                    var found = note.Files.Within(new RepoPath("a.cs"), new LineSpan(line, line)).ToList();
                    var told = found.Count == 0 ? "nobody" : Assert.Single(found).Author.Agent?.Name ?? "person";
                    Assert.Equal(expected, told);
                }
            });

    [Fact]
    public void Bytes_of_any_kind_are_read_or_refused_never_thrown_at() =>
        Gen.OneOf(
            Gen.Byte.Array[0, 200],
            Gen.Select(Gen.Int[0, Metadata.Length - 1], Gen.Byte).Select((at, b) =>
            {
                var bytes = Encoding.UTF8.GetBytes($"a.cs\n  abcdef0 1-4\n---\n{Metadata}");
                bytes[at] = b;
                return bytes;
            }))
            .Sample(bytes =>
            {
                var isRead = Format.TryRead(bytes, s_nowhere, out var note, out var problem);
                return isRead ? note.Files.Files.Count >= 0 : problem.Length > 0;
            });

    private static Note Read(string attestations)
    {
        var separator = attestations.Length == 0 || attestations.EndsWith('\n') ? "" : "\n";
        Assert.True(Format.TryRead(Encoding.UTF8.GetBytes($"{attestations}{separator}---\n{Metadata}"), s_nowhere, out var note, out var problem), problem);
        return note;
    }

    private static IEnumerable<(int, int, Agent?)> Lines(Note note, string path) =>
        note.Files.Files[new RepoPath(path)].Select(lines => (lines.Span.Start, lines.Span.End, lines.Author.Agent));

    private static string Name(Agent agent) => agent.Model is null ? agent.Name : $"{agent.Name}/{agent.Model}";
}
