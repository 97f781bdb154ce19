using System.Diagnostics;
using Airworthy.Model;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance;

public class SignalReaderTests
{
    [Fact]
    public void Squash_of_two_agents_keeps_both()
    {
        var authorship = TestCommits.Authorship(TestCommits.Commit(
            "Add refunds (#12)\n\n* Add\n\nCo-authored-by: Claude Opus 4.6 <noreply@anthropic.com>\n\n* Fix\n\nCo-authored-by: Codex <codex@openai.com>\n"));

        Assert.Equal([new Agent("claude-code", "Opus 4.6"), new Agent("codex")], authorship.Agents);
        Assert.Equal(["co-author", "co-author"], authorship.Signals.Select(signal => signal.Kind));
    }

    [Fact]
    public void Aider_as_committer_only_is_help_with_a_persons_own_edits()
    {
        var commit = TestCommits.Commit("Save my work\n", committer: "Ada Lovelace (aider) <ada@example.org>");

        var signal = Assert.Single(TestCommits.Signals(commit));
        Assert.Equal(("committer", SignalStrength.Assist), (signal.Kind, signal.Strength));
        Assert.Equal(AuthorKind.Unknown, TestCommits.Authorship(commit).Kind);
    }

    [Fact]
    public void An_agent_author_and_its_person_are_both_kept()
    {
        var signal = Assert.Single(TestCommits.Signals(TestCommits.Commit(
            "Fix\n\nCo-authored-by: Grace <grace@example.org>\n", "Copilot <198982749+Copilot@users.noreply.github.com>", "GitHub <noreply@github.com>")));

        Assert.Equal("Copilot <198982749+Copilot@users.noreply.github.com>", signal.Value);
    }

    [Fact]
    public void A_pull_request_text_that_became_a_squash_tells_its_agent()
    {
        const string Body = "\n\nDone by\nhttps://chatgpt.com/codex/tasks/task_e_0123abc\n";

        var squash = TestCommits.Authorship(TestCommits.Commit("Fix the parser (#7)" + Body));
        var other = TestCommits.Authorship(TestCommits.Commit("Fix the parser" + Body));

        Assert.Equal([new Agent("codex", Session: "https://chatgpt.com/codex/tasks/task_e_0123abc")], squash.Agents);
        Assert.Equal(AuthorKind.Unknown, other.Kind);
    }

    [Theory]
    [InlineData("Merge pull request #3 from ada/codex/fix-parser", SignalStrength.Weak)]
    [InlineData("Merge pull request #3 from openhands-agent/openhands/fix", SignalStrength.Strong)]
    public void A_merged_branch_named_after_an_agent_counts_only_with_its_login(string subject, SignalStrength strength)
    {
        var merge = TestCommits.Commit(subject, parents: [TestCommits.Id("a"), TestCommits.Id("b")]);

        Assert.Equal(strength, Assert.Single(TestCommits.Signals(merge)).Strength);
    }

    [Fact]
    public void Values_are_cut_and_freed_of_controls()
    {
        var name = new string('x', 195) + "\u001b[31m😀😀😀";

        var signal = Assert.Single(TestCommits.Signals(TestCommits.Commit($"Fix\n\nCo-authored-by: {name} <noreply@anthropic.com>\n")));

        Assert.InRange(signal.Value.Length, 1, 200);
        Assert.DoesNotContain(signal.Value, char.IsControl);
        Assert.False(char.IsHighSurrogate(signal.Value[^1]));
    }

    [Theory]
    [InlineData("Co-authored-by: ")]
    [InlineData("Assisted-by: a:")]
    [InlineData("<<<<@@@@,,,,(((( ")]
    [InlineData("Generated with ")]
    [InlineData("* - * - ")]
    [InlineData("Entire-Attribution: 0")]
    [InlineData("written mostly by with claude ask ")]
    [InlineData("not never claude wrote ")]
    [InlineData("(AI-")]
    [InlineData("vibe ")]
    [InlineData("[ ] ``` ")]
    [InlineData("https://chatgpt.com/codex/tasks/task_e_")]
    public void A_message_of_a_mebibyte_made_to_stall_is_read_quickly(string part)
    {
        var message = "Fix\n\n" + string.Concat(Enumerable.Repeat(part, (1 << 20) / part.Length)) + "\n"
            + string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat(part, 900 / part.Length)) + "\n", 1_000))
            + "\nCo-authored-by: Claude <noreply@anthropic.com>\n";
        var clock = Stopwatch.StartNew();

        var authorship = TestCommits.Authorship(TestCommits.Commit(message));

        Assert.Equal(AuthorKind.Ai, authorship.Kind);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_message_of_four_mebibytes_is_read_at_both_ends()
    {
        var filler = string.Concat(Enumerable.Repeat("Claude wrote nothing of this (AI-made) line, asked or not\n", (4 << 20) / 57));
        var clock = Stopwatch.StartNew();

        var signals = TestCommits.Signals(TestCommits.Commit(
            $"Fix\n\nCo-authored-by: Codex <codex@openai.com>\n{filler}\nCo-authored-by: Claude <noreply@anthropic.com>\n"));

        Assert.Equal(["codex", "claude-code"], signals.Where(signal => signal.Kind == "co-author").Select(signal => signal.Agent!.Name));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Trailers_at_the_end_of_an_endless_message_are_found()
    {
        var message = "Fix\n\n" + string.Concat(Enumerable.Repeat("some prose that goes on\n", 200_000)) + "\nMade-with: Cursor\n";

        Assert.Equal([new Agent("cursor")], TestCommits.Authorship(TestCommits.Commit(message)).Agents);
    }

    [Fact]
    public void Any_message_gives_bounded_signals_and_no_failure() =>
        Gen.Select(Gen.OneOf("Co-authored-by: ", "Assisted-by: ", "```", "    ", "* ", "\n", "commit 0123456789abcdef0123456789abcdef01234567", "Author: "), Gen.String)
            .Select((head, tail) => head + tail).Array[0, 20].Select(parts => string.Concat(parts))
            .Sample(message => TestCommits.Signals(TestCommits.Commit(message)).All(signal => signal.Value.Length <= 200));

    [Fact]
    public void A_signed_line_is_found_wherever_it_stands_in_the_body() =>
        Gen.Select(Gen.OneOf("plain prose", "* a bullet", "---------", "Signed-off-by: A <a@b.c>", "", "key: value").Array[0, 12], Gen.Int[0, 12])
            .Sample((lines, at) =>
            {
                var body = lines.ToList();
                body.Insert(Math.Min(at, body.Count), "Co-authored-by: Claude <noreply@anthropic.com>");
                return TestCommits.Authorship(TestCommits.Commit($"Fix\n\n{string.Join('\n', body)}")).Kind == AuthorKind.Ai;
            });
}
