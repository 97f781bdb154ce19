using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>Recognises the name of a language model in what agents and people write freely.</summary>
internal static partial class ModelName
{
    private static readonly string[] s_families =
    [
        "opus", "sonnet", "haiku", "fable", "mythos", "gpt", "chatgpt", "codex-mini", "gemini", "glm", "kimi", "qwen", "qwq", "grok", "deepseek",
        "llama", "mistral", "mixtral", "devstral", "codestral", "magistral", "composer", "swe-1", "minimax", "nova", "phi", "gemma", "granite",
        "command-r", "ernie", "hunyuan", "doubao", "nemotron", "mimo", "o1", "o3", "o4",
    ];

    private static readonly string[] s_clouds = ["aws ", "azure ", "vertex ", "google ", "anthropic ", "openai "];

    private static readonly HashSet<string> s_none = new(StringComparer.OrdinalIgnoreCase) { "default", "unknown", "none", "auto", "<synthetic>", "" };

    /// <summary>The model that <paramref name="text"/> is, as spelt there; null when it is none.</summary>
    public static string? Find(ReadOnlySpan<char> text)
    {
        text = Bare(text);
        return IsModel(text) ? SignalLimits.Bound(text) : null;
    }

    /// <summary>One name for what agents spell in many ways: <c>Opus 4.6</c> and <c>claude-opus-4-6-20260205</c> are <c>opus-4.6</c>.</summary>
    public static string Fold(string model) => ClaudeModel().Match(model) is { Success: true } match
        ? $"{match.Groups["family"].Value.ToLowerInvariant()}-{match.Groups["major"].Value}"
            + (match.Groups["minor"] is { Success: true } minor ? $".{minor.Value}" : "")
        : model;

    /// <summary>The agents, their models under one name each.</summary>
    public static ImmutableArray<Agent> Fold(ImmutableArray<Agent> agents) =>
        agents.IsEmpty ? agents : [.. agents.Select(agent => agent.Model is { } model ? agent with { Model = Fold(model) } : agent)];

    /// <summary>A model from a field that holds nothing else: any name but the words for "not told".</summary>
    public static string? FromField(string? field) =>
        field is null || s_none.Contains(Bare(field).ToString()) ? null : SignalLimits.BoundOrNull(Bare(field));

    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> text) => text.Trim().Trim("\"'`()").Trim();

    private static bool IsModel(ReadOnlySpan<char> text)
    {
        var slash = text.LastIndexOf('/');
        var isQualified = slash > 0 && text[..slash].IndexOf(' ') < 0;
        if (isQualified)
        {
            text = text[(slash + 1)..];
        }

        foreach (var cloud in s_clouds)
        {
            if (text.StartsWith(cloud, StringComparison.OrdinalIgnoreCase))
            {
                text = text[cloud.Length..];
            }
        }

        if (text.Length > 7 && text.StartsWith("claude", StringComparison.OrdinalIgnoreCase) && text[6] is ' ' or '-')
        {
            text = text[7..];
            if (char.IsAsciiDigit(text[0]))
            {
                return true;
            }
        }

        foreach (var family in s_families)
        {
            if (text.StartsWith(family, StringComparison.OrdinalIgnoreCase)
                && (text.Length == family.Length || !char.IsLetter(text[family.Length])))
            {
                return HasVersionOrNothing(text[family.Length..]);
            }
        }

        return false;
    }

    [GeneratedRegex(
        @"^(?:anthropic/)?(?:claude[- ])?(?<family>opus|sonnet|haiku|fable|mythos)[- ](?<major>[0-9]{1,2})(?:[.-](?<minor>[0-9]{1,2}))?(?:-[0-9]{8}|\[1m\]| \(1M context\))?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex ClaudeModel();

    // "Opus", "opus-4-6", "qwen3.7-max", "gpt-5.6-sol high", "Sonnet 4.5 (1M context)"; but not "Nova Smith".
    private static bool HasVersionOrNothing(ReadOnlySpan<char> rest) => rest.IsEmpty || rest[0] is '-' or '[' or ':' || rest.ContainsAnyInRange('0', '9');
}
