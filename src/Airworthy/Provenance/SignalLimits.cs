namespace Airworthy.Provenance;

/// <summary>Bounds on what is read from a commit, whose author may be hostile.</summary>
internal static class SignalLimits
{
    /// <summary>Characters of a signal's value.</summary>
    public const int ValueLength = 200;

    /// <summary>Milliseconds that one search may take.</summary>
    public const int MatchMilliseconds = 5_000;

    /// <summary>Characters of a line that may be a trailer or a footer; longer lines are prose or data.</summary>
    public const int LineLength = 1_000;

    /// <summary>Characters of a message that are read at each of its ends, where its trailers are.</summary>
    public const int MessageEnd = 1 << 20;

    /// <summary>Signals kept of one commit: a squash of hundreds of agent commits repeats itself.</summary>
    public const int SignalsPerCommit = 256;

    /// <summary><paramref name="text"/> cut to <see cref="ValueLength"/> without parting a character, its controls made spaces.</summary>
    public static string Bound(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length > ValueLength)
        {
            text = text[..(char.IsHighSurrogate(text[ValueLength - 1]) ? ValueLength - 1 : ValueLength)];
        }

        return string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? ' ' : source[i];
            }
        });
    }

    /// <summary>As <see cref="Bound"/>; null when nothing is left.</summary>
    public static string? BoundOrNull(ReadOnlySpan<char> text) => Bound(text) is { Length: > 0 } bounded ? bounded : null;
}
