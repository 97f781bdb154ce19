using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>V8's trace: Node.js, Chromium, Deno.</summary>
internal sealed class JavaScriptDialect : IStackTraceDialect
{
    public string Name => "javascript";

    public StackTrace? Read(TraceText text)
    {
        ExceptionDraft? outermost = null;
        ExceptionDraft? at = null;
        var frames = 0;
        var depth = 0;
        foreach (var raw in text.Lines)
        {
            var line = raw.AsSpan().Trim();
            if (Frame(line) is { } frame)
            {
                at ??= outermost = new ExceptionDraft();
                at.Add(frame);
                frames++;
            }
            else if (line.StartsWith("[cause]: ", StringComparison.Ordinal) && at is not null && ++depth < TraceText.MaxChain)
            {
                at = at.Inner = ExceptionDraft.FromHeader(line["[cause]: ".Length..]);
            }
            else if (!line.IsEmpty && at is null or { Frames: 0 } && ExceptionDraft.FromHeader(Header(line)) is { Type: not null } header)
            {
                at = outermost = header;
            }
        }

        return frames == 0 ? null : outermost!.Finish(Name);
    }

    private static ReadOnlySpan<char> Header(ReadOnlySpan<char> line) =>
        line.StartsWith("Uncaught ", StringComparison.Ordinal) ? line["Uncaught ".Length..] : line;

    /// <summary><c>at async f (file:///x.js:1:2)</c> or <c>at /x.js:1:2</c>.</summary>
    private static StackFrame? Frame(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("at ", StringComparison.Ordinal))
        {
            return null;
        }

        line = line[3..];
        ReadOnlySpan<char> symbol = [];
        var place = line;
        if (line.EndsWith(")", StringComparison.Ordinal) && line.LastIndexOf(" (", StringComparison.Ordinal) is var open and > 0)
        {
            symbol = line[..open];
            place = line[(open + 2)..^1];
        }

        symbol = symbol.StartsWith("async ", StringComparison.Ordinal) ? symbol[6..] : symbol;
        if (symbol.IndexOf(" [as ", StringComparison.Ordinal) is var alias and > 0)
        {
            symbol = symbol[..alias];
        }

        return ScriptPlace.Read(place) is (var file, var number) ? new StackFrame(symbol.IsEmpty ? null : symbol.ToString(), file, number) : null;
    }
}
