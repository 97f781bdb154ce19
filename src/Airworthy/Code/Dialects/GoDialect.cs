using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>
/// Go's panic: the goroutine that ran, its calls each with the file on the next line. Also the stacks that error packages print with
/// <c>%+v</c>: the same lines without arguments and goroutine.
/// </summary>
internal sealed class GoDialect : IStackTraceDialect
{
    public string Name => "go";

    public StackTrace? Read(TraceText text)
    {
        var draft = new ExceptionDraft { Type = "panic" };
        var said = false;
        var goroutines = 0;
        var sawPanic = false;
        string? symbol = null;
        foreach (var raw in text.Lines)
        {
            var line = raw.AsSpan().Trim();
            if (!said && (line.StartsWith("panic: ", StringComparison.Ordinal) || line.StartsWith("fatal error: ", StringComparison.Ordinal)))
            {
                draft.Say(line[(line.IndexOf(':') + 1)..].Trim());
                said = true;
            }
            else if (line.StartsWith("goroutine ", StringComparison.Ordinal) && line.EndsWith(":", StringComparison.Ordinal))
            {
                // The first goroutine is the one that failed; the others only say what else ran.
                if (++goroutines > 1)
                {
                    break;
                }
            }
            else if (symbol is not null && File(raw) is { } place)
            {
                sawPanic |= goroutines > 0 || place.File.EndsWith(".go", StringComparison.Ordinal);
                if (symbol is not ("panic" or "runtime.gopanic"))
                {
                    draft.Add(new StackFrame(symbol, place.File, place.Line));
                }

                symbol = null;
            }
            else
            {
                symbol = Symbol(line);
            }
        }

        return sawPanic && draft.Frames > 0 ? draft.Finish(Name) : null;
    }

    private static string? Symbol(ReadOnlySpan<char> line)
    {
        const string created = "created by ";
        if (line.StartsWith(created, StringComparison.Ordinal))
        {
            line = line[created.Length..];
            var by = line.IndexOf(" in goroutine", StringComparison.Ordinal);
            return (by > 0 ? line[..by] : line).ToString();
        }

        // `main.(*T).f(0x1, {0x2})`: the arguments are the last bracket.
        var open = line.LastIndexOf('(');
        if (open < 0 && line.Contains('.') && line.IndexOfAny(" :\"'@") < 0)
        {
            return line.ToString();
        }

        return open > 0 && line.EndsWith(")", StringComparison.Ordinal) && !line[..open].Contains(' ') ? line[..open].ToString() : null;
    }

    private static (string File, int Line)? File(string raw)
    {
        if (raw.Length == 0 || !char.IsWhiteSpace(raw[0]))
        {
            return null;
        }

        var place = raw.AsSpan().Trim();
        if (place.LastIndexOf(" +0x", StringComparison.Ordinal) is var offset and > 0)
        {
            place = place[..offset];
        }

        var (file, line) = FilePlace.Split(place, columns: false);
        return line is { } number ? (file, number) : null;
    }
}
