using System.Collections.Immutable;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>An exception of a trace while its lines are being read.</summary>
internal sealed class ExceptionDraft
{
    private readonly List<StackFrame> _frames = [];
    private StringBuilder? _message;

    public string? Type { get; set; }

    public ExceptionDraft? Inner { get; set; }

    public int Frames => _frames.Count;

    public string? Message => _message?.ToString();

    /// <summary>Adds a frame; beyond the bound it is dropped.</summary>
    public void Add(StackFrame frame)
    {
        if (_frames.Count < TraceText.MaxFrames)
        {
            _frames.Add(frame);
        }
    }

    /// <summary>Tells where the last frame is, which its own line did not.</summary>
    public void Complete(string file, int line)
    {
        // Beyond the bound the last frame is another.
        if (_frames.Count < TraceText.MaxFrames)
        {
            _frames[^1] = _frames[^1] with { File = file, Line = line };
        }
    }

    /// <summary>Adds a line of the message; beyond the bound it is cut.</summary>
    public void Say(ReadOnlySpan<char> line)
    {
        if (_message is null)
        {
            _message = new StringBuilder();
        }
        else if (_message.Length < TraceText.MaxMessageChars)
        {
            _message.Append('\n');
        }

        _message.Append(line[..Math.Min(line.Length, TraceText.MaxMessageChars - Math.Min(_message.Length, TraceText.MaxMessageChars))]);
    }

    /// <summary>Reads <c>Type: message</c>; a type is one word with letters, digits, dots and the marks of nested and generic types.</summary>
    public static ExceptionDraft FromHeader(ReadOnlySpan<char> header)
    {
        var draft = new ExceptionDraft();
        var colon = header.IndexOf(':');
        var type = WithoutCode((colon < 0 ? header : header[..colon]).Trim());
        if (IsTypeName(type))
        {
            draft.Type = type.ToString();
            if (colon >= 0)
            {
                draft.Say(header[(colon + 1)..].Trim());
            }
        }
        else if (!header.IsWhiteSpace())
        {
            draft.Say(header.Trim());
        }

        return draft;
    }

    /// <summary>Takes away an error's number, as in <c>SocketException (111)</c>.</summary>
    private static ReadOnlySpan<char> WithoutCode(ReadOnlySpan<char> type) =>
        type.EndsWith(")", StringComparison.Ordinal) && type.LastIndexOf(" (", StringComparison.Ordinal) is var open and > 0 ? type[..open] : type;

    public static bool IsTypeName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > 512 || !(char.IsLetter(text[0]) || text[0] is '_'))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '_' or '+' or '$' or '`' or '/' or '[' or ']' or ','))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The exception as it was read, innermost cause last; frames of a trace written outermost first are turned round.</summary>
    public StackTrace Finish(string dialect, bool outermostFirst = false)
    {
        var chain = new List<ExceptionDraft>();
        for (var at = this; at is not null && chain.Count < TraceText.MaxChain; at = at.Inner)
        {
            chain.Add(at);
        }

        StackTrace? inner = null;
        for (var i = chain.Count - 1; i >= 0; i--)
        {
            var frames = chain[i]._frames.ToImmutableArray();
            inner = new StackTrace(
                dialect, chain[i].Type, chain[i].Message, outermostFirst ? [.. frames.Reverse()] : frames, inner);
        }

        return inner!;
    }
}
