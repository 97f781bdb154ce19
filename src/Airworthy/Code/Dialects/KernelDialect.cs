using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>
/// A Linux kernel's oops, warning or sanitizer report: <c>RIP: 0010:f+0x12/0x34</c>, then <c>f+0x12/0x34 [module]</c> under <c>Call Trace:</c>, with a place in
/// the sources when <c>decode_stacktrace.sh</c> went over it. Lines marked <c>?</c> are guesses of the unwinder and left out.
/// </summary>
internal sealed class KernelDialect : IStackTraceDialect
{
    private static readonly string[] s_heads = ["BUG: ", "WARNING: ", "Oops: ", "kernel BUG at ", "Unable to handle ", "general protection fault", "INFO: task "];

    public string Name => "kernel";

    public StackTrace? Read(TraceText text)
    {
        var draft = new ExceptionDraft();
        var inTrace = false;
        foreach (var raw in text.Lines)
        {
            var line = WithoutTime(raw.AsSpan().Trim());
            if (draft.Type is null && Array.Find(s_heads, head => raw.Contains(head, StringComparison.Ordinal)) is { } known)
            {
                draft.Type = known.TrimEnd(' ', ':');
                draft.Say(line);
            }
            else if (line.StartsWith("Call Trace:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Call trace:", StringComparison.Ordinal))
            {
                // A second trace (where it was freed, allocated) only says what went before.
                if (inTrace && draft.Frames > 1)
                {
                    break;
                }

                inTrace = true;
            }
            else if (line.StartsWith("RIP: ", StringComparison.Ordinal) || line.StartsWith("pc : ", StringComparison.Ordinal))
            {
                if (draft.Frames == 0 && Frame(line[5..][(line[5..].IndexOf(':') + 1)..].Trim()) is { } where)
                {
                    draft.Add(where);
                }
            }
            else if (inTrace && Frame(line) is { } frame)
            {
                draft.Add(frame);
            }
        }

        return inTrace && draft.Frames > 0 ? draft.Finish(Name) : null;
    }

    /// <summary>Takes away <c>[   12.345678]</c>, with the processor or not, and log priorities.</summary>
    private static ReadOnlySpan<char> WithoutTime(ReadOnlySpan<char> line)
    {
        while (line.StartsWith("[", StringComparison.Ordinal) && line.IndexOf(']') is var close and > 0)
        {
            line = line[(close + 1)..].Trim();
        }

        return line;
    }

    private static StackFrame? Frame(ReadOnlySpan<char> line)
    {
        var plus = line.IndexOf("+0x", StringComparison.Ordinal);
        if (plus <= 0 || line[..plus].IndexOfAny(" ?\t") >= 0 || line[plus..].IndexOf('/') is not (> 0 and < 20))
        {
            return null;
        }

        // `f.constprop.0`, `f.isra.3`, `f.cold`: what the compiler made of f.
        var name = line[..plus];
        var dot = name.IndexOf('.');
        var symbol = (dot > 0 ? name[..dot] : name).ToString();
        if (line.IndexOf('(') is var open and > 0 && line[open..].IndexOf(')') is var close and > 0
            && FilePlace.Split(line[(open + 1)..(open + close)], columns: false) is (var file, { } number))
        {
            return new StackFrame(symbol, file, number);
        }

        return new StackFrame(symbol, File: null, Line: null);
    }
}
