using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>
/// What .NET's <c>Exception.ToString()</c> writes, in any of its languages: the words for "at", "in" and "line" are never read, only
/// their places. Also Mono's and NativeAOT's forms.
/// </summary>
internal sealed class DotNetDialect : IStackTraceDialect
{
    private const string InnerMark = "--->";
    private const string Unhandled = "Unhandled exception";

    public string Name => "dotnet";

    public StackTrace? Read(TraceText text)
    {
        var open = new Stack<ExceptionDraft>();
        ExceptionDraft? outermost = null;
        var frames = 0;
        foreach (var raw in text.Lines)
        {
            var line = raw.AsSpan().Trim();
            if (line.IsEmpty)
            {
                continue;
            }

            if (line.StartsWith(InnerMark, StringComparison.Ordinal))
            {
                Push(open, ref outermost, line[InnerMark.Length..]);
            }
            else if (IsRule(line))
            {
                if (EndsInner(raw, line) && open.Count > 1)
                {
                    open.Pop();
                }
            }
            else if (DotNetFrame.TryRead(raw, out var frame))
            {
                if (open.Count == 0)
                {
                    Push(open, ref outermost, "");
                }

                open.Peek().Add(frame);
                frames++;
            }
            else if (open.Count == 0)
            {
                PushHeader(open, ref outermost, line);
            }
            else if (open.Peek() is { Frames: 0 } unfinished)
            {
                Continue(open, unfinished, line);
            }
        }

        return frames == 0 ? null : outermost!.Finish(Name);
    }

    /// <summary>A header, also of the older form that tells the inner exceptions in the same line.</summary>
    private static void PushHeader(Stack<ExceptionDraft> open, ref ExceptionDraft? outermost, ReadOnlySpan<char> line)
    {
        if (line.StartsWith(Unhandled, StringComparison.OrdinalIgnoreCase) && line.IndexOfAny('.', ':') is var end and > 0)
        {
            line = line[(end + 1)..].TrimStart();
        }

        while (line.IndexOf(" " + InnerMark, StringComparison.Ordinal) is var mark and >= 0)
        {
            Push(open, ref outermost, line[..mark]);
            line = line[(mark + InnerMark.Length + 1)..];
        }

        Push(open, ref outermost, line);
    }

    /// <summary>A line between header and frames: more of the message, or the real header after a logger's own line.</summary>
    private static void Continue(Stack<ExceptionDraft> open, ExceptionDraft unfinished, ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (open.Count == 1 && colon > 0 && !LooksLikeException(unfinished.Type) && LooksLikeException(line[..colon].ToString()))
        {
            var real = ExceptionDraft.FromHeader(line);
            unfinished.Type = real.Type;
        }

        unfinished.Say(line);
    }

    private static bool LooksLikeException(string? type) =>
        type is not null && ExceptionDraft.IsTypeName(type)
        && (type.EndsWith("Exception", StringComparison.Ordinal) || type.EndsWith("Error", StringComparison.Ordinal));

    private static void Push(Stack<ExceptionDraft> open, ref ExceptionDraft? outermost, ReadOnlySpan<char> header)
    {
        header = header.Trim();
        if (header.StartsWith("(Inner Exception #", StringComparison.Ordinal) && header.IndexOf(')') is var close and > 0)
        {
            header = header[(close + 1)..].Trim();
        }

        var draft = ExceptionDraft.FromHeader(header);
        if (open.Count > 0)
        {
            // Of an aggregate's many inner exceptions the first is the chain; the others say the same of other tasks.
            if (open.Peek().Inner is null)
            {
                open.Peek().Inner = draft;
            }
        }
        else
        {
            outermost ??= draft;
        }

        if (open.Count < TraceText.MaxChain)
        {
            open.Push(draft);
        }
    }

    private static bool IsRule(ReadOnlySpan<char> line) =>
        line.Length > 6 && line.StartsWith("--- ", StringComparison.Ordinal) && line.EndsWith("---", StringComparison.Ordinal);

    /// <summary>Inner exceptions end by an indented rule; a rule at the margin only says that the trace goes on after an await.</summary>
    private static bool EndsInner(string raw, ReadOnlySpan<char> line) =>
        line.Contains("inner exception", StringComparison.OrdinalIgnoreCase)
        || (!line.Contains("previous location", StringComparison.OrdinalIgnoreCase) && char.IsWhiteSpace(raw[0]));
}
