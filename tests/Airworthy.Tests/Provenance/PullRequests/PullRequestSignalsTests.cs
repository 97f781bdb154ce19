using System.Collections.Immutable;
using Airworthy.Model;
using Airworthy.Provenance.PullRequests;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Provenance.PullRequests;

public class PullRequestSignalsTests
{
    [Theory]
    [InlineData("Copilot", "copilot-coding-agent", SignalStrength.Strong)]
    [InlineData("copilot-swe-agent[bot]", "copilot-coding-agent", SignalStrength.Strong)]
    [InlineData("devin-ai-integration[bot]", "devin", SignalStrength.Strong)]
    [InlineData("google-labs-jules[bot]", "jules", SignalStrength.Strong)]
    [InlineData("chatgpt-codex-connector[bot]", "codex", SignalStrength.Strong)]
    [InlineData("gemini-code-assist[bot]", "gemini-code-assist", SignalStrength.Assist)]
    public void An_agents_account_opened_it(string login, string agent, SignalStrength strength)
    {
        var signal = Assert.Single(PullRequestSignals.Of(Request(author: login)));

        Assert.Equal(("pull-request-author", "pull request #7", strength, agent), (signal.Kind, signal.Source, signal.Strength, signal.Agent!.Name));
    }

    [Fact]
    public void An_account_of_that_name_on_a_gitlab_is_a_hint() =>
        Assert.Equal(SignalStrength.Weak, Assert.Single(PullRequestSignals.Of(Request(author: "Copilot", forge: Forge.GitLab))).Strength);

    [Theory]
    [InlineData("ada", "", SignalStrength.Weak)]
    [InlineData("chatgpt-codex-connector[bot]", "", SignalStrength.Strong)]
    [InlineData("ada", "https://chatgpt.com/codex/tasks/task_e_0123abc", SignalStrength.Strong)]
    public void A_branchs_name_counts_beside_an_account_or_a_session(string author, string body, SignalStrength strength) =>
        Assert.Equal(strength, PullRequestSignals.Of(Request(author, "codex/fix-parser", body)).Single(signal => signal.Kind == "branch").Strength);

    [Theory]
    [InlineData("Fixes #3.\n\n------\nhttps://chatgpt.com/codex/tasks/task_e_0123abc", "codex")]
    [InlineData("Link to Devin run: https://app.devin.ai/sessions/0123456789abcdef0123456789abcdef", "devin")]
    [InlineData("🤖 Generated with [Claude Code](https://claude.com/claude-code)", "claude-code")]
    [InlineData("PR created automatically by Jules for task [123](https://jules.google.com/task/123) started by @ada", "jules")]
    [InlineData("<a href=\"https://cursor.com/background-agent?bcId=bc-0123abcd\"><img></a>", "cursor")]
    public void A_link_or_footer_in_the_description_is_strong(string body, string agent)
    {
        var signals = PullRequestSignals.Of(Request(body: body));

        Assert.Contains(signals, signal => signal.Strength == SignalStrength.Strong && signal.Agent!.Name == agent);
        Assert.DoesNotContain(signals, signal => signal.Strength == SignalStrength.Proof);
        Assert.All(signals, signal => Assert.Equal("pull request #7", signal.Source));
    }

    [Theory]
    [InlineData("- [ ] 🤖 Generated with [Claude Code](https://claude.com/claude-code)")]
    [InlineData("* [ ] Generated with Claude Code")]
    [InlineData("```\n🤖 Generated with [Claude Code](https://claude.com/claude-code)\n```")]
    [InlineData("> Co-authored-by: Claude <noreply@anthropic.com>")]
    [InlineData("<!-- CURSOR_SUMMARY -->")]
    [InlineData("")]
    public void What_a_template_asks_a_quotation_and_a_reviewers_summary_decide_nothing(string body) =>
        Assert.DoesNotContain(PullRequestSignals.Of(Request(body: body)), signal => signal.Strength >= SignalStrength.Strong);

    [Fact]
    public void Labels_are_hints()
    {
        var signals = PullRequestSignals.Of(Request(labels: ["bug", "codex", "AI-generated"]));

        Assert.Equal(["codex", "unknown-agent"], signals.Select(signal => signal.Agent!.Name));
        Assert.All(signals, signal => Assert.Equal(SignalStrength.Weak, signal.Strength));
    }

    [Fact]
    public void Any_request_gives_bounded_signals() =>
        Gen.Select(Gen.String, Gen.String, Gen.Select(Gen.OneOf("https://chatgpt.com/codex/tasks/task_e_1", "Generated with ", "[ ] ", "\n"), Gen.String).Array[0, 30])
            .Sample((author, branch, body) => PullRequestSignals.Of(Request(author, branch, string.Concat(body.Select(part => part.Item1 + part.Item2))))
                .All(signal => signal.Value.Length <= 200 && signal.Strength < SignalStrength.Proof));

    internal static PullRequest Request(
        string author = "ada",
        string branch = "fix-parser",
        string body = "",
        ImmutableArray<string> labels = default,
        Forge forge = Forge.GitHub,
        int number = 7,
        CommitId? merge = null,
        CommitId? squash = null,
        DateTimeOffset? created = null,
        DateTimeOffset? merged = null) =>
        new(forge, number, author, branch, body, labels.IsDefault ? [] : labels, merge, squash, created, merged);
}
