using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>SpiderMonkey's and JavaScriptCore's traces: <c>f@https://host/app.js:12:5</c> a line, without the header that V8 writes.</summary>
internal sealed class GeckoDialect : IStackTraceDialect
{
    public string Name => "javascript (gecko)";

    public StackTrace? Read(TraceText text)
    {
        ExceptionDraft? draft = null;
        foreach (var raw in text.Lines)
        {
            var line = raw.AsSpan().Trim();
            if (Frame(line) is { } frame)
            {
                (draft ??= new ExceptionDraft()).Add(frame);
            }
            else if (draft is null && !line.IsEmpty && ExceptionDraft.FromHeader(line) is { Type: not null } header)
            {
                draft = header;
            }
        }

        return draft is null || draft.Frames == 0 ? null : draft.Finish(Name);
    }

    private static StackFrame? Frame(ReadOnlySpan<char> line)
    {
        var at = line.IndexOf('@');
        if (at < 0 || line[..at].Contains(' ') || line[..at].IndexOfAny(":/\\\"") >= 0 && !line[..at].Contains('<'))
        {
            return null;
        }

        if (ScriptPlace.Read(line[(at + 1)..]) is not (var file, var number))
        {
            return null;
        }

        var symbol = line[..at];
        symbol = symbol[(symbol.LastIndexOf('*') + 1)..].TrimEnd('<').TrimEnd('/');
        return new StackFrame(symbol.IsEmpty ? null : symbol.ToString(), file, number);
    }
}
