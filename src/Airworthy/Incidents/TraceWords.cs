using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>What a trace says in words: its exceptions and messages, its in-app functions and files.</summary>
/// <param name="Terms">Every term and how often it stands there.</param>
/// <param name="Functions">The bare names of the functions of its in-app frames, those of a single syllable of code (<c>main</c>, <c>run</c>) left out.</param>
internal sealed record TraceWords(IReadOnlyDictionary<string, int> Terms, IReadOnlySet<string> Functions)
{
    private const int ShortestName = 6;
    private const int MaxMessage = 2000;

    public static TraceWords Of(StackTrace trace, ImmutableArray<WeighedFrame> frames)
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

        return new TraceWords(terms, functions);
    }
}
