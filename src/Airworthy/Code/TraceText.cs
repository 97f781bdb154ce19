namespace Airworthy.Code;

/// <summary>The lines of a trace, bounded: what is longer than a trace can be is cut, so that a hostile text costs little.</summary>
internal sealed class TraceText
{
    /// <summary>Characters read of a text; the rest is ignored.</summary>
    public const int MaxChars = 4 * 1024 * 1024;

    /// <summary>Characters kept of a line.</summary>
    public const int MaxLineChars = 4096;

    /// <summary>Frames kept of one exception, the innermost: a stack overflow repeats itself beyond.</summary>
    public const int MaxFrames = 2048;

    /// <summary>Exceptions kept of a chain.</summary>
    public const int MaxChain = 32;

    /// <summary>Characters kept of a message.</summary>
    public const int MaxMessageChars = 8192;

    private TraceText(IReadOnlyList<string> lines) => Lines = lines;

    /// <summary>The lines without their ends, white space at the start kept.</summary>
    public IReadOnlyList<string> Lines { get; }

    public static TraceText Of(ReadOnlySpan<char> text)
    {
        var lines = new List<string>();
        foreach (var line in text[..Math.Min(text.Length, MaxChars)].EnumerateLines())
        {
            lines.Add(line[..Math.Min(line.Length, MaxLineChars)].TrimEnd().ToString());
        }

        return new TraceText(lines);
    }
}
