using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>What a trace says in words: its exceptions and messages, its in-app functions and files.</summary>
/// <param name="Terms">Every term and how often it stands there.</param>
/// <param name="Code">The terms of the code around its foremost in-app lines; those of the lines themselves count more.</param>
/// <param name="Functions">The bare names of the functions of its in-app frames, those of a single syllable of code (<c>main</c>, <c>run</c>) left out.</param>
internal sealed record TraceWords(IReadOnlyDictionary<string, int> Terms, IReadOnlyDictionary<string, int> Code, IReadOnlySet<string> Functions)
{
    private const int ShortestName = 6;
    private const int MaxMessage = 2000;

    /// <summary>Frames whose code is read.</summary>
    private const int MaxCode = 6;

    /// <summary>Lines of code on either side of a frame's own.</summary>
    private const int Around = 2;

    /// <summary>How often a frame's own line counts.</summary>
    private const int OwnLine = 3;

    public static async Task<TraceWords> ReadAsync(StackTrace trace, ImmutableArray<WeighedFrame> frames, SourceTree tree, CancellationToken cancel)
    {
        var terms = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = trace; at is not null; at = at.Inner)
        {
            WordSplitter.Count(at.Type ?? "", terms);
            WordSplitter.Count(at.Message is { Length: > MaxMessage } message ? message[..MaxMessage] : at.Message ?? "", terms);
        }

        var functions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var frame in frames)
        {
            WordSplitter.Count(frame.Path.Name, terms);
            if (frame.Frame.Frame.Symbol is { } symbol)
            {
                var name = symbol[(symbol.LastIndexOfAny(['.', ':', '#']) + 1)..];
                WordSplitter.Count(name, terms);
                if (name.Length >= ShortestName)
                {
                    functions.Add(name);
                }
            }
        }

        return new TraceWords(terms, await CodeAsync(frames, tree, cancel), functions);
    }

    private static async Task<Dictionary<string, int>> CodeAsync(ImmutableArray<WeighedFrame> frames, SourceTree tree, CancellationToken cancel)
    {
        var code = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var frame in frames.Where(frame => frame.Frame.Line is not null).Take(MaxCode))
        {
            if (await tree.ReadAsync(frame.Path, cancel) is { } file)
            {
                for (var at = -Around; at <= Around; at++)
                {
                    for (var times = at == 0 ? OwnLine : 1; times > 0; times--)
                    {
                        WordSplitter.Count(file.Line(frame.Frame.Line!.Value + at), code);
                    }
                }
            }
        }

        return code;
    }
}
