using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>
/// PHP's uncaught exception: where it was thrown stands in the header, and each <c>#n file(line): function()</c> says where that function was
/// called, so a place belongs to the function of the next line. What was thrown first is written first; <c>Next</c> wraps it.
/// </summary>
internal sealed class PhpDialect : IStackTraceDialect
{
    private const string Start = "Stack trace:";
    private const string Wraps = "Next ";
    private const string Uncaught = "Uncaught ";

    public string Name => "php";

    public StackTrace? Read(TraceText text)
    {
        ExceptionDraft? outermost = null;
        ExceptionDraft? at = null;
        (string? File, int? Line) place = (null, null);
        var frames = 0;
        var depth = 0;
        var header = "";
        foreach (var raw in text.Lines)
        {
            var line = raw.AsSpan().Trim();
            if (line.StartsWith(Start, StringComparison.Ordinal))
            {
                var (draft, thrown) = Head(header);
                draft.Inner = ++depth < TraceText.MaxChain ? outermost : null;
                (at, outermost, place) = (draft, draft, thrown);
            }
            else if (at is not null && Call(line) is { } call)
            {
                // The function of this line is the one in which the last place lies.
                if (place.File is not null || call.Symbol != "{main}")
                {
                    at.Add(new StackFrame(call.Symbol, place.File, place.Line));
                    frames++;
                }

                place = (call.File, call.Line);
            }
            else if (!line.IsEmpty)
            {
                header = line.ToString();
            }
        }

        return frames == 0 ? null : outermost!.Finish(Name);
    }

    /// <summary><c>PHP Fatal error:  Uncaught Type: message in file:12</c>, or <c>Next Type: message in file:12</c>.</summary>
    private static (ExceptionDraft Draft, (string? File, int? Line) Place) Head(ReadOnlySpan<char> line)
    {
        line = line.IndexOf(Uncaught, StringComparison.Ordinal) is var mark and >= 0 ? line[(mark + Uncaught.Length)..]
            : line.StartsWith(Wraps, StringComparison.Ordinal) ? line[Wraps.Length..] : line;
        var inside = line.LastIndexOf(" in ", StringComparison.Ordinal);
        if (inside > 0 && FilePlace.Split(line[(inside + 4)..], columns: false) is (var file, { } number))
        {
            return (Draft(line[..inside]), (file, number));
        }

        return (Draft(line), (null, null));
    }

    /// <summary>A namespace's backslashes are told as dots.</summary>
    private static ExceptionDraft Draft(ReadOnlySpan<char> header)
    {
        var colon = header.IndexOf(": ", StringComparison.Ordinal);
        var draft = new ExceptionDraft { Type = (colon < 0 ? header : header[..colon]).ToString().Replace('\\', '.') };
        if (colon >= 0)
        {
            draft.Say(header[(colon + 2)..]);
        }

        return draft;
    }

    /// <summary><c>#0 /app/x.php(12): Shop\Refunds->split(Object)</c>, <c>#1 [internal function]: f()</c>, <c>#2 {main}</c>.</summary>
    private static (string Symbol, string? File, int? Line)? Call(ReadOnlySpan<char> line)
    {
        if (line.Length < 3 || line[0] != '#' || !char.IsAsciiDigit(line[1]) || line.IndexOf(' ') is not (var space and > 0))
        {
            return null;
        }

        var rest = line[(space + 1)..];
        if (rest is "{main}")
        {
            return ("{main}", null, null);
        }

        var colon = rest.IndexOf("): ", StringComparison.Ordinal);
        if (colon > 0 && rest[..colon].LastIndexOf('(') is var open and > 0
            && int.TryParse(rest[(open + 1)..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return (Symbol(rest[(colon + 3)..]), rest[..open].ToString(), number);
        }

        const string within = "[internal function]: ";
        return rest.StartsWith(within, StringComparison.Ordinal) ? (Symbol(rest[within.Length..]), null, null) : null;
    }

    private static string Symbol(ReadOnlySpan<char> call)
    {
        var open = call.IndexOf('(');
        return (open < 0 ? call : call[..open]).ToString().Replace("->", ".", StringComparison.Ordinal).Replace("::", ".", StringComparison.Ordinal).Replace('\\', '.');
    }
}
