using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Airworthy.Probes.Recording;

/// <summary>What a user takes out of recordings beyond what is always taken out.</summary>
/// <param name="Names">Parts of names whose values are secret.</param>
/// <param name="Patterns">What secret text looks like.</param>
internal sealed record RedactionRules(ImmutableArray<string> Names, ImmutableArray<Regex> Patterns)
{
    public static RedactionRules None { get; } = new([], []);

    /// <summary>Reads rules separated by <c>;</c>: a name, or a pattern between slashes.</summary>
    /// <exception cref="FormatException">A pattern is none that can be searched for in linear time.</exception>
    public static RedactionRules Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rules = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new RedactionRules(
            [.. rules.Where(rule => !IsPattern(rule)).Select(Plain)],
            [.. rules.Where(IsPattern).Select(rule => Compile(rule[1..^1]))]);
    }

    /// <summary>A name without case's, underscores' and hyphens' differences.</summary>
    public static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit));

    private static bool IsPattern(string rule) => rule.Length > 2 && rule[0] == '/' && rule[^1] == '/';

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'/{pattern}/' in AIRWORTHY_REDACT is not a pattern that can be searched for: {wrong.Message}", wrong);
        }
    }
}
