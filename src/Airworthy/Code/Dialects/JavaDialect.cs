using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>What <c>Throwable.printStackTrace</c> writes: <c>Caused by:</c> chains, suppressed exceptions left out.</summary>
internal sealed class JavaDialect : IStackTraceDialect
{
    private const string Cause = "Caused by: ";

    /// <summary>Of loggers that write the root first: what wraps it follows.</summary>
    private const string Wrapper = "Wrapped by: ";

    public string Name => "java";

    public StackTrace? Read(TraceText text)
    {
        ExceptionDraft? outermost = null;
        ExceptionDraft? at = null;
        var frames = 0;
        var depth = 0;
        var suppressed = false;
        var margin = 0;
        foreach (var raw in text.Lines)
        {
            var line = raw.AsSpan().Trim();
            if (line.StartsWith("Suppressed: ", StringComparison.Ordinal))
            {
                suppressed = true;
            }
            else if (line.StartsWith(Wrapper, StringComparison.Ordinal) && at is not null)
            {
                suppressed = false;
                var wrapper = ExceptionDraft.FromHeader(line[Wrapper.Length..]);
                wrapper.Inner = ++depth < TraceText.MaxChain ? outermost : null;
                at = outermost = wrapper;
            }
            else if (line.StartsWith(Cause, StringComparison.Ordinal) && at is not null && !(suppressed && Indent(raw) > margin))
            {
                // A suppressed exception's own cause is indented like itself.
                suppressed = false;
                if (++depth < TraceText.MaxChain)
                {
                    at = at.Inner = ExceptionDraft.FromHeader(line[Cause.Length..]);
                }
            }
            else if (Frame(line) is { } frame)
            {
                at ??= outermost = new ExceptionDraft();
                frames++;
                if (!suppressed)
                {
                    at.Add(frame);
                }
            }
            else if (at is null && !line.IsEmpty)
            {
                margin = Indent(raw);
                at = outermost = ExceptionDraft.FromHeader(WithoutThread(line));
            }
            else if (at is { Frames: 0 } && !line.IsEmpty)
            {
                at.Say(line);
            }
        }

        return frames == 0 ? null : outermost!.Finish(Name);
    }

    private static int Indent(string raw) => raw.Length - raw.AsSpan().TrimStart().Length;

    private static ReadOnlySpan<char> WithoutThread(ReadOnlySpan<char> line)
    {
        const string start = "Exception in thread \"";
        return line.StartsWith(start, StringComparison.Ordinal) && line[start.Length..].IndexOf("\" ", StringComparison.Ordinal) is var end and >= 0
            ? line[(start.Length + end + 2)..]
            : line;
    }

    /// <summary><c>at module/package.Class.method(Class.java:12)</c>; the file is told with the package's folders.</summary>
    private static StackFrame? Frame(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("at ", StringComparison.Ordinal) || line.IndexOf('(') is not (var open and > 0) || line.IndexOf(')') is not (var close and > 0)
            || close < open)
        {
            return null;
        }

        var symbol = line[3..open];
        symbol = symbol[(symbol.LastIndexOf('/') + 1)..];
        var place = line[(open + 1)..close];
        if (symbol.IndexOf('.') <= 0 || symbol.Contains(' '))
        {
            return null;
        }

        if (place is "Native Method" or "Unknown Source")
        {
            return new StackFrame(symbol.ToString(), File: null, Line: null);
        }

        var colon = place.LastIndexOf(':');
        var name = colon < 0 ? place : place[..colon];
        if (!(name.EndsWith(".java", StringComparison.Ordinal) || name.EndsWith(".kt", StringComparison.Ordinal)
            || name.EndsWith(".scala", StringComparison.Ordinal) || name.EndsWith(".groovy", StringComparison.Ordinal)) || name.IndexOfAny('/', '\\') >= 0)
        {
            return null;
        }

        int? number = int.TryParse(place[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var told) && colon > 0 ? told : null;
        return new StackFrame(symbol.ToString(), Folder(symbol) + name.ToString(), number is > 0 ? number : null);
    }

    private static string Folder(ReadOnlySpan<char> symbol)
    {
        var type = symbol[..symbol.LastIndexOf('.')];
        var package = type.LastIndexOf('.');
        return package < 0 ? "" : string.Concat(type[..package].ToString().Replace('.', '/'), "/");
    }
}
