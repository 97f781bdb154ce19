using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Recognises an agent in free text such as <c>Assisted-by: Claude Opus 4.6, Claude Code</c>, where people are named as well.</summary>
internal static class AgentName
{
    /// <summary>The agent of which only "an AI" is known.</summary>
    public const string Unknown = "unknown-agent";

    private static readonly Dictionary<string, string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["aider"] = "aider",
        ["amazon q"] = "amazon-q",
        ["amazon q developer"] = "amazon-q",
        ["amp"] = "amp",
        ["antigravity"] = "antigravity",
        ["augment"] = "augment",
        ["augment code"] = "augment",
        ["chatgpt"] = "chatgpt",
        ["claude"] = "claude-code",
        ["claude code"] = "claude-code",
        ["claude-code"] = "claude-code",
        ["cline"] = "cline",
        ["codex"] = "codex",
        ["codex cli"] = "codex",
        ["copilot"] = "copilot",
        ["github copilot"] = "copilot",
        ["crush"] = "crush",
        ["cursor"] = "cursor",
        ["devin"] = "devin",
        ["droid"] = "droid",
        ["factory droid"] = "droid",
        ["gemini"] = "gemini-cli",
        ["gemini cli"] = "gemini-cli",
        ["gemini-cli"] = "gemini-cli",
        ["goose"] = "goose",
        ["gpt"] = "chatgpt",
        ["jules"] = "jules",
        ["junie"] = "junie",
        ["kilo code"] = "kilo-code",
        ["kiro"] = "kiro",
        ["openai codex"] = "codex",
        ["opencode"] = "opencode",
        ["openhands"] = "openhands",
        ["qwen code"] = "qwen-code",
        ["roo code"] = "roo-code",
        ["windsurf"] = "windsurf",
        ["amp code"] = "amp",
        ["bolt"] = "bolt",
        ["bolt.new"] = "bolt",
        ["claude ai"] = "claude-code",
        ["claude.ai"] = "claude-code",
        ["codebuff"] = "codebuff",
        ["codegen"] = "codegen",
        ["continue.dev"] = "continue",
        ["copilot agent"] = "copilot",
        ["copilot chat"] = "copilot",
        ["copilot cli"] = "copilot",
        ["copilot coding agent"] = "copilot-coding-agent",
        ["cursor agent"] = "cursor",
        ["cursor ai"] = "cursor",
        ["cursor cli"] = "cursor",
        ["devin ai"] = "devin",
        ["firebender"] = "firebender",
        ["gemini code assist"] = "gemini-code-assist",
        ["github copilot chat"] = "copilot",
        ["github copilot cli"] = "copilot",
        ["google gemini"] = "gemini-cli",
        ["google jules"] = "jules",
        ["jetbrains junie"] = "junie",
        ["kilo"] = "kilo-code",
        ["lovable"] = "lovable",
        ["openai chatgpt"] = "chatgpt",
        ["openai codex cli"] = "codex",
        ["pi"] = "pi",
        ["replit agent"] = "replit",
        ["roo"] = "roo-code",
        ["roocode"] = "roo-code",
        ["sourcegraph amp"] = "amp",
        ["tabnine"] = "tabnine",
        ["trae"] = "trae",
        ["v0"] = "v0",
        ["vibe"] = "mistral-vibe",
        ["mistral vibe"] = "mistral-vibe",
        ["warp"] = "warp",
        ["windsurf cascade"] = "windsurf",
        ["zed agent"] = "zed",
        ["ai"] = Unknown,
        ["an ai"] = Unknown,
        ["an llm"] = Unknown,
        ["llm"] = Unknown,
    };

    // git-ai's tool ids where they differ from ours.
    private static readonly Dictionary<string, string> s_tools = new(StringComparer.OrdinalIgnoreCase)
    {
        ["claude"] = "claude-code",
        ["codex-cloud"] = "codex",
        ["continue-cli"] = "continue",
        ["cursor-agent"] = "cursor",
        ["gemini"] = "gemini-cli",
        ["github-copilot"] = "copilot",
        ["github-copilot-agent"] = "copilot-coding-agent",
        ["github-copilot-cli"] = "copilot-cli/sdk/app",
        ["roo-background"] = "roo-code",
    };

    /// <summary>The agent of exactly that name; null when it is none, such as a person.</summary>
    public static string? Find(ReadOnlySpan<char> name) =>
        s_names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name.Trim(), out var agent) ? agent : null;

    /// <summary>Our name for a tool id of a git-ai note.</summary>
    public static string FromTool(string? tool) => SignalLimits.BoundOrNull(tool) is not { } id ? Unknown
        : s_tools.TryGetValue(id, out var name) ? name
        : id;

    /// <summary>
    /// Reads <c>agent</c>, <c>model</c>, <c>agent model</c> or <c>model, agent</c>. Every word must be of an agent's or a model's name: a
    /// person called Claude Warren is none.
    /// </summary>
    public static Agent? Read(ReadOnlySpan<char> text)
    {
        Agent? told = null;
        var isModel = false;
        foreach (var range in text.SplitAny(',', ';'))
        {
            var part = text[range].Trim();
            if (part.IsEmpty)
            {
                continue;
            }

            if (ReadPart(part) is not { } read)
            {
                return null;
            }

            // "Claude Opus 4.6, OpenCode": the first is the model's full name, the second who used it.
            var name = told is null or { Name: Unknown } || (isModel && read.Name != Unknown) ? read.Name : told.Name;
            told = new Agent(name, told?.Model ?? read.Model);
            isModel = ModelName.Find(part) is not null;
        }

        return told;
    }

    private static Agent? ReadPart(ReadOnlySpan<char> part)
    {
        if (Find(part) is { } exact)
        {
            return new Agent(exact);
        }

        var agent = Longest(part, out var rest);
        if (agent is not null)
        {
            return ModelName.Find(rest) is { } model ? new Agent(agent, model)
                : IsVersion(rest) ? new Agent(agent)
                : ModelName.Find(part) is { } whole ? new Agent(Unknown, whole)
                : null;
        }

        return ModelName.Find(part) is { } bare ? new Agent(Unknown, bare) : null;
    }

    private static string? Longest(ReadOnlySpan<char> part, out ReadOnlySpan<char> rest)
    {
        for (var end = part.LastIndexOfAny(' ', '('); end > 0; end = part[..end].LastIndexOfAny(' ', '('))
        {
            if (Find(part[..end]) is { } agent)
            {
                rest = part[end..];
                return agent;
            }
        }

        rest = default;
        return null;
    }

    private static bool IsVersion(ReadOnlySpan<char> text) =>
        Version.TryParse(text = text.Trim().TrimStart('v'), out _) || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
