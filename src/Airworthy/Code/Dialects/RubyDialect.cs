using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>
/// Ruby's <c>file.rb:12:in `method': message (Type)</c> and the <c>from</c> lines after it, also in 3.4's quotes, in the order of a terminal (outermost
/// first), and bare as loggers write it. A cause follows what it caused.
/// </summary>
internal sealed class RubyDialect : IStackTraceDialect
{
    private const string Numbered = "Traceback (most recent call last)";

    public string Name => "ruby";

    public StackTrace? Read(TraceText text)
    {
        ExceptionDraft? outermost = null;
        ExceptionDraft? at = null;
        var before = new List<StackFrame>();
        var depth = 0;
        var reversed = false;
        foreach (var raw in text.Lines)
        {
            var line = raw.AsSpan().Trim();
            if (line.StartsWith(Numbered, StringComparison.Ordinal))
            {
                reversed = true;
            }
            else if (Frame(line, out var rest) is { } frame)
            {
                var heads = !rest.IsEmpty && !IsFrom(line);
                if (heads && (at is null || (at.Frames > 0 && ++depth < TraceText.MaxChain)))
                {
                    var draft = Headed(rest);
                    outermost ??= draft;
                    if (at is not null)
                    {
                        at.Inner = draft;
                    }

                    at = draft;
                }

                if (reversed && !heads)
                {
                    before.Add(frame);
                }
                else
                {
                    (at ??= outermost = new ExceptionDraft()).Add(frame);
                }
            }
        }

        foreach (var frame in before.AsEnumerable().Reverse())
        {
            (at ??= outermost = new ExceptionDraft()).Add(frame);
        }

        return outermost is null || outermost.Frames == 0 ? null : outermost.Finish(Name);
    }

    private static bool IsFrom(ReadOnlySpan<char> line) => line.StartsWith("from ", StringComparison.Ordinal);

    /// <summary><c>message (Type)</c>.</summary>
    private static ExceptionDraft Headed(ReadOnlySpan<char> rest)
    {
        var draft = new ExceptionDraft();
        if (rest.EndsWith(")", StringComparison.Ordinal) && rest.LastIndexOf('(') is var open and >= 0)
        {
            draft.Type = rest[(open + 1)..^1].ToString();
            draft.Say(rest[..open].Trim());
        }
        else
        {
            draft.Say(rest);
        }

        return draft;
    }

    /// <summary>What stands before, at and behind <c>file.rb:12:in 'method'</c>; the rest is what follows it after a colon.</summary>
    private static StackFrame? Frame(ReadOnlySpan<char> line, out ReadOnlySpan<char> rest)
    {
        rest = [];
        line = IsFrom(line) ? line[5..] : WithoutNumber(line);
        var inside = line.IndexOf(":in ", StringComparison.Ordinal);
        if (inside <= 0 || inside + 5 >= line.Length || line[inside + 4] is not ('`' or '\''))
        {
            return null;
        }

        var name = line[(inside + 5)..];
        var close = name.IndexOf('\'');
        var (file, number) = FilePlace.Split(line[..inside], columns: false);
        if (close <= 0 || number is null)
        {
            return null;
        }

        rest = name[(close + 1)..].TrimStart(':').Trim();
        var symbol = name[..close];
        symbol = symbol[(symbol.LastIndexOf(" in ", StringComparison.Ordinal) is var block and >= 0 ? block + 4 : 0)..];
        return new StackFrame(symbol.ToString().Replace("::", ".", StringComparison.Ordinal).Replace('#', '.'), file, number);
    }

    /// <summary>Takes away <c>3: from</c> of the order of a terminal.</summary>
    private static ReadOnlySpan<char> WithoutNumber(ReadOnlySpan<char> line)
    {
        var mark = line.IndexOf(": from ", StringComparison.Ordinal);
        return mark > 0 && line[..mark].IndexOfAnyExceptInRange('0', '9') < 0 ? line[(mark + 7)..] : line;
    }
}
