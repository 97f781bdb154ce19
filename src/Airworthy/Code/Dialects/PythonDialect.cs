using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>Python's traceback: outermost frame first, causes told before what they caused.</summary>
internal sealed class PythonDialect : IStackTraceDialect
{
    private const string Start = "Traceback (most recent call last):";

    public string Name => "python";

    public StackTrace? Read(TraceText text)
    {
        ExceptionDraft? at = null;
        var frames = 0;
        var depth = 0;
        var inFrames = false;
        foreach (var raw in text.Lines)
        {
            // An exception group draws a tree at the margin.
            var line = raw.AsSpan().Trim().TrimStart("|+").TrimStart();
            if (line.EndsWith(Start, StringComparison.Ordinal))
            {
                at = new ExceptionDraft { Inner = depth++ < TraceText.MaxChain ? at : null };
                inFrames = true;
            }
            else if (Frame(line) is { } frame)
            {
                at ??= new ExceptionDraft();
                at.Add(frame);
                frames++;
                inFrames = true;
            }
            else if (inFrames && at is { Frames: > 0, Type: null } && !line.IsEmpty && !char.IsWhiteSpace(raw[0]))
            {
                var header = ExceptionDraft.FromHeader(line);
                at.Type = header.Type;
                at.Say(header.Message);
                inFrames = false;
            }
        }

        return frames == 0 ? null : at!.Finish(Name, outermostFirst: true);
    }

    /// <summary><c>File "x.py", line 12, in f</c>.</summary>
    private static StackFrame? Frame(ReadOnlySpan<char> line)
    {
        const string start = "File \"";
        const string number = "\", line ";
        if (!line.StartsWith(start, StringComparison.Ordinal) || line.LastIndexOf(number, StringComparison.Ordinal) is not (var end and > 0))
        {
            return null;
        }

        var rest = line[(end + number.Length)..];
        var comma = rest.IndexOf(',');
        var digits = comma < 0 ? rest : rest[..comma];
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var told))
        {
            return null;
        }

        var symbol = comma < 0 ? "" : rest[(comma + 1)..].Trim().ToString();
        symbol = symbol.StartsWith("in ", StringComparison.Ordinal) ? symbol[3..] : symbol;
        return new StackFrame(symbol.Length == 0 ? null : symbol, line[start.Length..end].ToString(), told > 0 ? told : null);
    }
}
