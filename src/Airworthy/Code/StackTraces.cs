using Airworthy.Code.Dialects;
using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>Reads stack traces of any known dialect: the dialect that finds most frames is the one it is written in.</summary>
public static class StackTraces
{
    private static readonly IStackTraceDialect[] s_dialects =
    [
        new DotNetDialect(),
        new JavaDialect(),
        new PythonDialect(),
        // Before JavaScript: its places read like V8's, and the first of two that find as many frames has it.
        new RustDialect(),
        new JavaScriptDialect(),
        new GeckoDialect(),
        new GoDialect(),
        new RubyDialect(),
        new PhpDialect(),
        new KernelDialect(),
        new NativeDialect(),
    ];

    /// <summary>The dialects known, as people call them.</summary>
    public static IReadOnlyList<string> Dialects { get; } = [.. s_dialects.Select(dialect => dialect.Name)];

    /// <summary>
    /// The exception and its frames; null when no dialect finds a frame in <paramref name="text"/>. Reads the first 4 Mi characters, 2,048
    /// frames an exception and a chain of 32 exceptions; never throws.
    /// </summary>
    public static StackTrace? Read(ReadOnlySpan<char> text)
    {
        var best = Best(TraceText.Of(text));
        if (best is null && LogLines.Bare(text[..Math.Min(text.Length, TraceText.MaxChars)]) is { } bare)
        {
            best = Best(TraceText.Of(bare));
        }

        return best;
    }

    private static StackTrace? Best(TraceText lines)
    {
        StackTrace? best = null;
        var most = 0;
        foreach (var dialect in s_dialects)
        {
            if (dialect.Read(lines) is { } trace && Count(trace) is var frames && frames > most)
            {
                (best, most) = (trace, frames);
            }
        }

        return best;
    }

    private static int Count(StackTrace trace)
    {
        var frames = 0;
        for (var at = trace; at is not null; at = at.Inner)
        {
            frames += at.Frames.Length;
        }

        return frames;
    }
}
