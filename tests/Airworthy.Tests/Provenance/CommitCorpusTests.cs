using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Provenance;

/// <summary>Commits with the answer they must get: agents as they sign in the wild, and people who look like agents.</summary>
public class CommitCorpusTests
{
    private const string ClaudeTrailer = "Co-Authored-By: Claude <noreply@anthropic.com>";

    public static TheoryData<string, string, string> WrittenByAgents => new()
    {
        // author, body, agents
        { "Claude <noreply@anthropic.com>", "", "claude-code" },
        { "claude[bot] <209825114+claude[bot]@users.noreply.github.com>", "", "claude-github-app" },
        { "claude[bot] <41898282+claude[bot]@users.noreply.github.com>", "", "claude-code-action" },
        { "Copilot <198982749+Copilot@users.noreply.github.com>", "", "copilot-coding-agent" },
        { "copilot-swe-agent[bot] <198982749+Copilot@users.noreply.github.com>", "Agent-Logs-Url: https://github.com/o/r/sessions/0a1b2c3d-0000", "copilot-coding-agent//https://github.com/o/r/sessions/0a1b2c3d-0000" },
        { "Cursor Agent <cursoragent@cursor.com>", "", "cursor" },
        { "Codex <codex@openai.com>", "", "codex" },
        { "Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>", "Co-Authored-By: Grace <grace@example.org>", "devin" },
        { "Devin AI <devin-ai-integration[bot]@users.noreply.github.com>", "", "devin" },
        { "google-labs-jules[bot] <161369871+google-labs-jules[bot]@users.noreply.github.com>", "", "jules" },
        { "openhands <openhands@all-hands.dev>", "", "openhands" },
        { "Amp <amp@ampcode.com>", "", "amp" },
        { "Ada Lovelace (aider) <ada@example.org>", "", "aider" },
        { "Roomote <219738659+roomote[bot]@users.noreply.github.com>", "", "roo-code" },
        { "factory-droid[bot] <138933559+factory-droid[bot]@users.noreply.github.com>", "", "droid" },
        { "lovable-dev[bot] <159125892+lovable-dev[bot]@users.noreply.github.com>", "", "lovable" },
        { TestCommits.Person, ClaudeTrailer, "claude-code" },
        { TestCommits.Person, "co-authored-by: claude <NOREPLY@anthropic.com>", "claude-code" },
        { TestCommits.Person, "Co-Authored-By: Claude Opus 4.6 (1M context) <noreply@anthropic.com>", "claude-code/Opus 4.6" },
        { TestCommits.Person, "Co-Authored-By: Claude Sonnet 4.5 <noreply@anthropic.com>", "claude-code/Sonnet 4.5" },
        { TestCommits.Person, "Co-Authored-By: Claude (glm-4.7) <noreply@anthropic.com>", "claude-code/glm-4.7" },
        { TestCommits.Person, "Co-Authored-By: mayor <noreply@anthropic.com>", "claude-code" },
        { TestCommits.Person, "Co-authored-by: Codex (gpt-5.2) <noreply@openai.com>", "codex/gpt-5.2" },
        { TestCommits.Person, "Co-authored-by: Codex CLI <noreply@openai.com>", "codex" },
        { TestCommits.Person, "Co-authored-by: x-ai/grok-4.5 <noreply@opencode.ai>", "opencode/x-ai/grok-4.5" },
        { TestCommits.Person, "Co-authored-by: aider (gpt-4o) <aider@aider.chat>", "aider/gpt-4o" },
        { TestCommits.Person, "Co-authored-by: aider (openrouter/anthropic/claude-3.7-sonnet) <noreply@aider.chat>", "aider/openrouter/anthropic/claude-3.7-sonnet" },
        { TestCommits.Person, "Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>", "copilot-cli/sdk/app" },
        { TestCommits.Person, "Co-authored-by: Cursor <cursoragent@cursor.com>", "cursor" },
        { TestCommits.Person, "Co-authored-by: Crush <crush@charm.land>", "crush" },
        { TestCommits.Person, "Made-with: Cursor", "cursor" },
        { TestCommits.Person, "Claude-Session: https://claude.ai/code/session_01ABCdef", "claude-code//https://claude.ai/code/session_01ABCdef" },
        { TestCommits.Person, "https://claude.ai/code/session_01ABCdef", "claude-code//https://claude.ai/code/session_01ABCdef" },
        { TestCommits.Person, "Copilot-Session: 01234567-89ab-cdef-0123-456789abcdef", "copilot//01234567-89ab-cdef-0123-456789abcdef" },
        { TestCommits.Person, "Amp-Thread-ID: https://ampcode.com/threads/T-01234567-89ab-cdef-0123-456789abcdef", "amp//https://ampcode.com/threads/T-01234567-89ab-cdef-0123-456789abcdef" },
        { TestCommits.Person, "Entire-Checkpoint: 0123456789ab", "entire//0123456789ab" },
        { TestCommits.Person, "Entire-Attribution: 73% agent (146/200 lines)", "entire" },
        { TestCommits.Person, "Replit-Commit-Author: Agent", "replit" },
        { TestCommits.Person, "Codex-Session: 019e3968", "codex//019e3968" },
        { TestCommits.Person, "🤖 Generated with [Claude Code](https://claude.com/claude-code)", "claude-code" },
        { TestCommits.Person, "🤖 Generated with [Claude Code](https://claude.ai/code)", "claude-code" },
        { TestCommits.Person, "Generated with Claude Code", "claude-code" },
        { TestCommits.Person, "💘 Generated with Crush", "crush" },
        { TestCommits.Person, "Made with [Cursor](https://cursor.com)", "cursor" },
        { TestCommits.Person, "🤖 Generated with [opencode](https://opencode.ai)", "opencode" },
        { TestCommits.Person, "For more details, open the [Copilot Workspace session](https://copilot-workspace.githubnext.com/o/r?id=1).", "copilot-workspace" },

        // One agent told twice over is one agent.
        { TestCommits.Person, $"Co-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>\nClaude-Session: https://claude.ai/code/session_1a", "claude-code/Opus 4.6/https://claude.ai/code/session_1a" },
        { TestCommits.Person, $"🤖 Generated with [Claude Code](https://claude.com/claude-code)\n\n{ClaudeTrailer}", "claude-code" },

        // Where git's own trailer parser does not look.
        { TestCommits.Person, $"{ClaudeTrailer}\n\nThen some prose after the trailers.\n\nAnd more.", "claude-code" },
        { TestCommits.Person, $"* one\n\n{ClaudeTrailer}\n\n* two\n\nCo-authored-by: Cursor <cursoragent@cursor.com>", "claude-code,cursor" },
        { TestCommits.Person, $"* first\n* {ClaudeTrailer}\n- second", "claude-code" },
        { TestCommits.Person, $"text\n\n---------\n\n{ClaudeTrailer}", "claude-code" },
        { TestCommits.Person, "Co-authored-by：Claude <noreply@anthropic.com>", "claude-code" },
        { TestCommits.Person, "\u200BCo-authored-by: \u200BClaude <noreply@anthropic.com>\uFEFF", "claude-code" },
        { TestCommits.Person, "Co-authored-by:\u00A0Claude <noreply@anthropic.com>", "claude-code" },
        { TestCommits.Person, $"{ClaudeTrailer}\r\nSigned-off-by: Ada <ada@example.org>\r\n", "claude-code" },
        { TestCommits.Person, "Co-authored-by: Claude noreply@anthropic.com", "claude-code" },
        { TestCommits.Person, "Co-authored-by: Ada <a@example.org>, Claude <noreply@anthropic.com>", "claude-code" },
        {
            TestCommits.Person,
            $"Squashed commit of the following:\n\ncommit 0123456789abcdef0123456789abcdef01234567\nAuthor: Codex <codex@openai.com>\nDate:   Mon\n\n    Fix\n\n    {ClaudeTrailer}",
            "codex,claude-code"
        },
    };

    public static TheoryData<string, string> NotKnownToBeAgents => new()
    {
        // People with an agent's name, and the vendors' staff.
        { "Claude Warren <claude@xenei.com>", "" },
        { "Claude <claude@apache.org>", "" },
        { "claude <81847+claude@users.noreply.github.com>", "" },
        { "Devin <devin@example.com>", "" },
        { "Jules Verne <jules@example.fr>", "" },
        { "Copilot <copilot@example.org>", "" },
        { "Paul Gauthier <paul@aider.chat>", "" },
        { "A Member <someone@anthropic.com>", "" },
        { "A Member <someone@openai.com>", "" },
        { "Graham <graham@all-hands.dev>", "" },
        { TestCommits.Person, "Co-authored-by: Claude <claude.warren@aiven.io>" },
        { TestCommits.Person, "Co-authored-by: Claude Opus 4.6 <me@example.org>" },
        { TestCommits.Person, "Co-authored-by: Claude (Consultant) <claude@example.fr>" },
        { TestCommits.Person, "Co-authored-by: Codex" },

        // Bots that are no AI.
        { "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", "" },
        { "renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>", "" },
        { "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>", "" },
        { "dotnet-maestro[bot] <dotnet-maestro[bot]@users.noreply.github.com>", "" },

        // Known to be wrong at times, or help only.
        { TestCommits.Person, "Co-authored-by: Copilot <copilot@github.com>" },
        { TestCommits.Person, "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>" },
        { TestCommits.Person, "Co-authored-by: gemini-code-assist[bot] <176961590+gemini-code-assist[bot]@users.noreply.github.com>" },
        { "codex <codex@example.com>", "" },
        { TestCommits.Person, "Assisted-by: Claude:claude-fable-5:Claude Code" },
        { TestCommits.Person, "Assisted-by: Crush:AWS Claude Opus 4.6" },
        { TestCommits.Person, "Co-developed-by: Claude <noreply@anthropic.com>" },
        { TestCommits.Person, "AI-assisted: yes" },
        { TestCommits.Person, "Reviewed-by: Claude <noreply@anthropic.com>" },

        // Nothing, said in an agent's words.
        { TestCommits.Person, "Entire-Attribution: 0% agent (0/200 lines)" },
        { TestCommits.Person, "Entire-Checkpoint: 0123456789ab\nEntire-Attribution: 0% agent (0/200 lines)" },

        // About marks, not marks.
        { TestCommits.Person, "Drop the line 'Generated with Claude Code' from our templates." },
        { TestCommits.Person, "Generated with Claude Code was written into every commit; stop that." },
        { TestCommits.Person, "Remove `Co-authored-by: Claude <noreply@anthropic.com>` from the docs." },
        { TestCommits.Person, "The hook appended Co-authored-by: Claude <noreply@anthropic.com> by itself." },
        { TestCommits.Person, "Write a trailer such as\n\n    Co-authored-by: Claude <noreply@anthropic.com>\n\nfrom now on." },
        { TestCommits.Person, "```\nCo-authored-by: Claude <noreply@anthropic.com>\n```\nis what it writes." },
        { TestCommits.Person, "> Co-authored-by: Claude <noreply@anthropic.com>\n\nAs quoted above." },
        { TestCommits.Person, "See https://claude.ai/code/session_01ABC for the talk we had about it." },
        { TestCommits.Person, "" },
    };

    [Theory]
    [MemberData(nameof(WrittenByAgents))]
    public void A_commit_signed_by_agents_is_theirs(string author, string body, string agents)
    {
        var authorship = TestCommits.Authorship(TestCommits.Commit($"Fix the parser\n\n{body}\n", author));

        Assert.Equal(AuthorKind.Ai, authorship.Kind);
        Assert.Equal(agents, string.Join(',', authorship.Agents.Select(Name)));
        Assert.Equal(AuthorshipBasis.Commit, authorship.Basis);
    }

    [Theory]
    [MemberData(nameof(NotKnownToBeAgents))]
    public void A_commit_without_a_sure_mark_is_unknown_never_human(string author, string body)
    {
        var authorship = TestCommits.Authorship(TestCommits.Commit($"Fix the parser\n\n{body}\n", author));

        Assert.Equal(AuthorKind.Unknown, authorship.Kind);
        Assert.Empty(authorship.Agents);
    }

    [Theory]
    [InlineData("Co-Authored-By: Claude <noreply@anthropic.com>")]
    [InlineData("Made-with: Cursor")]
    [InlineData("🤖 Generated with [Claude Code](https://claude.com/claude-code)")]
    [InlineData("codex: fix the parser (aider)")]
    public void The_subject_is_never_searched(string subject) =>
        Assert.Empty(TestCommits.Signals(TestCommits.Commit(subject + "\n\nPlain prose.\n")));

    [Theory]
    [InlineData("Co-authored-by: Copilot <copilot@github.com>", SignalStrength.Weak, "copilot-vscode", null)]
    [InlineData("Co-authored-by: Copilot Autofix powered by AI <175728472+Copilot@users.noreply.github.com>", SignalStrength.Assist, "copilot-review-suggestion/autofix", null)]
    [InlineData("Assisted-by: Claude:claude-fable-5:Claude Code", SignalStrength.Assist, "claude-code", "claude-fable-5")]
    [InlineData("Assisted-by: Claude:claude-opus-5[1m]:Claude Code", SignalStrength.Assist, "claude-code", "claude-opus-5[1m]")]
    [InlineData("Assisted-by: Claude Opus 4.6, Claude Code", SignalStrength.Assist, "claude-code", "Opus 4.6")]
    [InlineData("Assisted-by: GLM-5 via Crush <crush@charm.land>", SignalStrength.Assist, "crush", "GLM-5")]
    [InlineData("Assisted-by: Crush:qwen3.7-max", SignalStrength.Assist, "crush", "qwen3.7-max")]
    [InlineData("Assisted-by: Crush:AWS Claude Opus 4.6", SignalStrength.Assist, "crush", "AWS Claude Opus 4.6")]
    [InlineData("Assisted-by: Claude, with model: claude-opus-4-6", SignalStrength.Assist, "claude-code", "claude-opus-4-6")]
    [InlineData("Assisted-by: Codex gpt-5.6-sol high", SignalStrength.Assist, "codex", "gpt-5.6-sol high")]
    [InlineData("Assisted-by: GPT:GPT-5.3-Codex", SignalStrength.Assist, "chatgpt", "GPT-5.3-Codex")]
    [InlineData("Assisted-by: claude-sonnet-4-5", SignalStrength.Assist, "unknown-agent", "claude-sonnet-4-5")]
    [InlineData("Assisted-by: GitHub Copilot", SignalStrength.Assist, "copilot", null)]
    [InlineData("Generated-by: Claude Code", SignalStrength.Weak, "claude-code", null)]
    [InlineData("Co-developed-by: Cursor <noreply@cursor.com>", SignalStrength.Weak, "cursor", null)]
    [InlineData("AI-assisted: yes", SignalStrength.Weak, "unknown-agent", null)]
    public void What_does_not_decide_is_kept_with_its_strength(string line, SignalStrength strength, string agent, string? model)
    {
        var signal = Assert.Single(TestCommits.Signals(TestCommits.Commit($"Fix\n\n{line}\n")));

        Assert.Equal(strength, signal.Strength);
        Assert.Equal(new Agent(agent, model), signal.Agent);
    }

    [Theory]
    [InlineData("Assisted-by: Daniel Stenberg")]
    [InlineData("Assisted-by: Claude Warren <claude@xenei.com>")]
    [InlineData("Assisted-by: Claude <claude@example.fr>")]
    [InlineData("Assisted-by: Nova Smith")]
    [InlineData("Assisted-by: Jane: she found it")]
    [InlineData("Co-developed-by: Ada <ada@example.org>")]
    [InlineData("Generated-by: protoc 3.2")]
    [InlineData("AI-assisted: no")]
    public void A_person_or_tool_in_such_a_trailer_is_no_signal(string line) =>
        Assert.Empty(TestCommits.Signals(TestCommits.Commit($"Fix\n\n{line}\n")));

    private static string Name(Agent agent) => string.Join('/', new[] { agent.Name, agent.Model ?? (agent.Session is null ? null : ""), agent.Session }.OfType<string>());
}
