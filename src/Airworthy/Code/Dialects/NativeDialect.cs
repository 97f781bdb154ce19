using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>
/// C and C++: valgrind's <c>==1== by 0x…: f (file.c:123)</c>, gdb's <c>#0  0x… in f (args) at file.c:123</c>, the sanitizers' <c>#0 0x… in f file.c:123:5</c>, and a plain
/// <c>f (file.c:123)</c> or <c>f at file.c:123</c>. A frame of gdb with long arguments goes on in further lines, the last of which tells its place. A second stack of a sanitizer (where it was freed, allocated) follows the first.
/// </summary>
internal sealed class NativeDialect : IStackTraceDialect
{
    private const string Sanitizer = "Sanitizer: ";

    private static readonly string[] s_serving =
        ["malloc", "calloc", "realloc", "zalloc", "xfree", "qfree", "strdup", "abort", "assert", "panic", "backtrace", "fatal", "core_handler", "sighandler", "signal_handler", "crash_handler"];

    public string Name => "native";

    public StackTrace? Read(TraceText text)
    {
        var draft = new ExceptionDraft();
        var goesOn = false;
        foreach (var raw in text.Lines)
        {
            var line = WithoutMark(raw.AsSpan().Trim());
            if (goesOn && EndsFrame(line) && Place(line, out _) is { } wrapped)
            {
                draft.Complete(wrapped.File, wrapped.Line);
                goesOn = false;
            }
            else if (Frame(line) is { } frame)
            {
                draft.Add(frame);
                goesOn = frame.File is null && line.IndexOf('(') >= 0 && (line[^1] is ',' or ')');
            }
            else if (draft is { Frames: 0, Type: null })
            {
                Head(draft, line);
            }
        }

        return draft.Frames == 0 ? null : draft.Finish(Name);
    }

    private static void Head(ExceptionDraft draft, ReadOnlySpan<char> line)
    {
        if (line.IndexOf(Sanitizer, StringComparison.Ordinal) is var mark and >= 0)
        {
            var told = line[(mark + Sanitizer.Length)..];
            var space = told.IndexOf(' ');
            draft.Type = (space < 0 ? told : told[..space]).ToString();
            draft.Say(told);
        }
        else if (line.IndexOf("received signal ", StringComparison.Ordinal) is var signal and >= 0)
        {
            var told = line[(signal + "received signal ".Length)..];
            draft.Type = told[..(told.IndexOf(',') is var comma and > 0 ? comma : told.Length)].ToString();
            draft.Say(told);
        }
    }

    /// <summary>Takes away <c>==123==</c> of valgrind, and <c>&gt;</c> of a mail that quotes.</summary>
    private static ReadOnlySpan<char> WithoutMark(ReadOnlySpan<char> line)
    {
        line = line.TrimStart('>').TrimStart();
        return line.StartsWith("==", StringComparison.Ordinal) && line[2..].IndexOf("==", StringComparison.Ordinal) is var end and > 0 and < 10
            && line[2..][..end].IndexOfAnyExceptInRange('0', '9') < 0 ? line[(end + 4)..].Trim() : line;
    }

    /// <summary>Takes away valgrind's <c>at 0x4C2FB0F:</c> and <c>by 0x…:</c>.</summary>
    private static bool TrySkipAddress(ref ReadOnlySpan<char> line)
    {
        if ((!line.StartsWith("at 0x", StringComparison.Ordinal) && !line.StartsWith("by 0x", StringComparison.Ordinal)) || line.IndexOf(':') is not (var colon and > 0 and < 32))
        {
            return false;
        }

        line = line[(colon + 1)..].Trim();
        return true;
    }

    private static StackFrame? Frame(ReadOnlySpan<char> line)
    {
        var numbered = TrySkipNumber(ref line) || TrySkipAddress(ref line);
        var place = Place(line, out var before);
        if (place is not { } at)
        {
            return numbered && Symbol(line) is { } alone ? new StackFrame(alone, File: null, Line: null, ServesOthers(alone)) : null;
        }

        var symbol = Symbol(before);
        return numbered || symbol is not null ? new StackFrame(symbol, at.File, at.Line, symbol is not null && ServesOthers(symbol)) : null;
    }

    /// <summary>
    /// A function that fails for what its caller did: allocators (leaks, double frees), assertions, those that end the process or print the trace itself.
    /// </summary>
    private static bool ServesOthers(string symbol) =>
        symbol.StartsWith("__interceptor_", StringComparison.Ordinal) || symbol.StartsWith("__asan_", StringComparison.Ordinal)
        || Array.Exists(s_serving, word => symbol.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The last word, in brackets or not, when it is a source file and a line.</summary>
    private static (string File, int Line)? Place(ReadOnlySpan<char> line, out ReadOnlySpan<char> before)
    {
        before = line;
        var space = line.LastIndexOf(' ');
        if (space <= 0)
        {
            return null;
        }

        var (file, number) = FilePlace.Split(line[(space + 1)..].Trim("()[],"), columns: false);
        if (number is not { } found || !IsSource(file))
        {
            return null;
        }

        before = line[..space].Trim();
        before = before.EndsWith(" at", StringComparison.Ordinal) ? before[..^3].Trim() : before;
        return (file, found);
    }

    private static bool IsSource(string file)
    {
        var dot = file.LastIndexOf('.');
        return dot > 0 && file[(dot + 1)..] is "c" or "h" or "cc" or "cpp" or "cxx" or "hpp" or "hh" or "m" or "mm" or "rs" or "S" or "inl" or "y" or "l" or "in";
    }

    /// <summary>The rest of a frame that began in a line before: <c>at file.c:3</c>, or <c>length=8) at file.c:3</c>.</summary>
    private static bool EndsFrame(ReadOnlySpan<char> line) =>
        !IsNumbered(line) && (line.StartsWith("at ", StringComparison.Ordinal) || line.IndexOf(") at ", StringComparison.Ordinal) >= 0);

    private static bool IsNumbered(ReadOnlySpan<char> line) => line.Length >= 2 && line[0] == '#' && char.IsAsciiDigit(line[1]);

    /// <summary>Takes away <c>#3</c> and the address after it.</summary>
    private static bool TrySkipNumber(ref ReadOnlySpan<char> line)
    {
        if (!IsNumbered(line))
        {
            return false;
        }

        line = line[1..].TrimStart("0123456789").TrimStart();
        if (line.StartsWith("0x", StringComparison.Ordinal))
        {
            var space = line.IndexOf(' ');
            line = space < 0 ? [] : line[(space + 1)..].TrimStart();
            line = line.StartsWith("in ", StringComparison.Ordinal) ? line[3..] : line;
        }

        return true;
    }

    private static string? Symbol(ReadOnlySpan<char> text)
    {
        var open = text.IndexOf('(');
        var symbol = (open < 0 ? text : text[..open]).Trim();
        if (open < 0 && symbol.IndexOf(' ') is var space and > 0)
        {
            symbol = symbol[..space];
        }

        if (symbol.IsEmpty || symbol.Length > 512 || symbol is "??" || !(char.IsLetter(symbol[0]) || symbol[0] is '_' or '~' or '<'))
        {
            return null;
        }

        foreach (var c in symbol)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or ':' or '~' or '<' or '>' or ',' or '*' or '&' or ' ' or '.' or '{' or '}' or '#' or '$' or '='))
            {
                return null;
            }
        }

        return symbol.ToString();
    }
}
