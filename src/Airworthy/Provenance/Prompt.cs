using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>What a person asked of an agent, as a record kept it. From the repository: hostile, and at times private; shown only when asked for.</summary>
/// <param name="Source">Where it was read: <c>refs/notes/ai</c>…</param>
/// <param name="Agent">The agent it was put to; null when not told.</param>
/// <param name="Text">The text, cut at <see cref="LongestText"/> characters.</param>
/// <param name="At">When, by the tool's own clock; null when not told.</param>
public sealed record Prompt(string Source, Agent? Agent, string Text, DateTimeOffset? At)
{
    /// <summary>Characters kept of one prompt.</summary>
    public const int LongestText = 20_000;

    /// <summary>Prompts kept of one commit.</summary>
    public const int MostOfCommit = 200;

    /// <summary>Makes a prompt of text of any length; null when it says nothing.</summary>
    internal static Prompt? Of(string source, Agent? agent, string? text, DateTimeOffset? at)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length > LongestText)
        {
            trimmed = trimmed[..(char.IsHighSurrogate(trimmed[LongestText - 1]) ? LongestText - 1 : LongestText)];
        }

        return trimmed.IsEmpty ? null : new Prompt(source, agent, trimmed.ToString(), at);
    }
}
