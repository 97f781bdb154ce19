using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>
/// Rust's panic: where it happened in its header, and with <c>RUST_BACKTRACE</c> the numbered functions, each with <c>at file:line:column</c> on its
/// own line. Without a backtrace the place of the panic is the only frame.
/// </summary>
internal sealed class RustDialect : IStackTraceDialect
{
    private const string Panicked = "' panicked at ";

    public string Name => "rust";

    public StackTrace? Read(TraceText text)
    {
        ExceptionDraft? draft = null;
        StackFrame? thrown = null;
        string? symbol = null;
        var talks = false;
        foreach (var raw in text.Lines)
        {
            var line = raw.AsSpan().Trim();
            if (draft is null)
            {
                if (line.IndexOf(Panicked, StringComparison.Ordinal) is var mark and > 0)
                {
                    draft = new ExceptionDraft { Type = "panic" };
                    (thrown, talks) = Head(line[(mark + Panicked.Length)..], draft);
                }

                continue;
            }

            if (line.StartsWith("stack backtrace:", StringComparison.Ordinal) || line.StartsWith("note: ", StringComparison.Ordinal))
            {
                talks = false;
            }
            else if (talks)
            {
                draft.Say(line);
            }
            else if (Function(line) is { } function)
            {
                Flush(draft, symbol, place: null);
                symbol = function;
            }
            else if (symbol is not null && line.StartsWith("at ", StringComparison.Ordinal))
            {
                Flush(draft, symbol, line[3..].ToString());
                symbol = null;
            }
        }

        if (draft is null)
        {
            return null;
        }

        Flush(draft, symbol, place: null);
        if (draft.Frames == 0 && thrown is not null)
        {
            draft.Add(thrown);
        }

        return draft.Frames == 0 ? null : draft.Finish(Name);
    }

    /// <summary>Since 1.73 <c>file:line:column:</c> with the message on the next lines; before, <c>'message', file:line:column</c>.</summary>
    private static (StackFrame? Thrown, bool Talks) Head(ReadOnlySpan<char> rest, ExceptionDraft draft)
    {
        var talks = rest.EndsWith(":", StringComparison.Ordinal);
        var place = rest.TrimEnd(':');
        if (rest.StartsWith("'", StringComparison.Ordinal) && rest.LastIndexOf("', ", StringComparison.Ordinal) is var end and > 0)
        {
            draft.Say(rest[1..end]);
            place = rest[(end + 3)..];
        }

        var (file, line) = FilePlace.Split(place, columns: true);
        return (line is null ? null : new StackFrame(null, file, line), talks);
    }

    /// <summary><c>12: app::refunds::split</c>, or with the address between.</summary>
    private static string? Function(ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon is <= 0 or > 5 || line[..colon].IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return null;
        }

        var name = line[(colon + 2)..].Trim();
        if (name.StartsWith("0x", StringComparison.Ordinal) && name.IndexOf(" - ", StringComparison.Ordinal) is var dash and > 0)
        {
            name = name[(dash + 3)..];
        }

        // The hash that keeps generic instances apart: `app::split::h0123456789abcdef`.
        var hash = name.LastIndexOf("::h", StringComparison.Ordinal);
        return (hash > 0 && name.Length - hash == 19 ? name[..hash] : name).ToString();
    }

    private static void Flush(ExceptionDraft draft, string? symbol, string? place)
    {
        if (symbol is null)
        {
            return;
        }

        var (file, line) = place is null ? (null, null) : FilePlace.Split(place, columns: true);
        draft.Add(new StackFrame(symbol, file, line, IsThrowHelper(symbol)));
    }

    private static bool IsThrowHelper(string symbol) => symbol.StartsWith("core::panicking::", StringComparison.Ordinal) || symbol is "rust_begin_unwind";
}
