using System.Text;
using Airworthy.Model;
using Airworthy.Provenance.Carrying;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance;

public class NoteTextTests
{
    [Fact]
    public void What_a_note_held_is_written_back()
    {
        const string Text = """
            a.cs
              s_0123456789abcd::t_1 1-3,5
              h_0123456789abcd 2
            "b c.cs"
              abcdef0 7
            "---"
              ai_agent 1
            ---
            {
              "schema_version": "authorship/3.0.0",
              "base_commit_sha": "0",
              "prompts": {
                "abcdef0": {
                  "messages": [
                    "é <&>"
                  ]
                }
              },
              "future": 1.50
            }
            """;

        Assert.True(NoteText.TryRead(Encoding.UTF8.GetBytes(Text), out var note, out _));

        Assert.Equal(Text, Encoding.UTF8.GetString(note.ToBytes()));
    }

    [Fact]
    public void The_last_entry_that_covers_a_line_speaks_of_it()
    {
        var note = NoteText.About(CommitId.Parse(new string('a', 40)));
        note.Attest(new RepoPath("a"), "one", [new LineSpan(1, 4)]);
        note.Attest(new RepoPath("a"), "two", [new LineSpan(2, 2), new LineSpan(4, 9)]);

        Assert.Equal(["one", "two", "one", "two", null], note.KeysOf(new RepoPath("a"), [1, 2, 3, 4, 12]));
        Assert.Equal([null], note.KeysOf(new RepoPath("b"), [1]));
    }

    [Theory]
    [InlineData("a.cs\n  k 1\n")]
    [InlineData("a.cs\n  k 1\n---\n")]
    [InlineData("a.cs\n  k 1\n---\n[]")]
    [InlineData("a.cs\n  k 0\n---\n{\"schema_version\":\"authorship/3.0.0\"}")]
    [InlineData("---\n{\"schema_version\":\"authorship/4.0.0\"}")]
    [InlineData("---\n{\"schema_version\":\"authorship/3.0.0\",\"a\":1,\"a\":2}")]
    public void What_could_not_be_written_back_without_loss_is_not_read(string text)
    {
        Assert.False(NoteText.TryRead(Encoding.UTF8.GetBytes(text), out _, out var problem));

        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Any_path_a_note_can_name_comes_back() =>
        Gen.String[Gen.Char["ab \t\"-'é日/"], 1, 12].Sample(name =>
        {
            var path = new RepoPath(name);
            var note = NoteText.About(CommitId.Parse(new string('a', 40)));
            note.Attest(path, "s_1", [new LineSpan(1, 1)]);

            Assert.True(NoteText.TryRead(note.ToBytes(), out var read, out var problem), problem);
            Assert.Equal([path], read.Paths);
        });
}
