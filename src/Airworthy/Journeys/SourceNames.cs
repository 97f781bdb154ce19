using System.Text;

namespace Airworthy.Journeys;

/// <summary>The words and quoted texts of a source file, with the line each stands on first: how a test's name is found in it whatever its language.</summary>
internal sealed class SourceNames
{
    private const int MaxWord = 200;

    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _called = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _quoted = new(StringComparer.Ordinal);

    public SourceNames(byte[] content)
    {
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(content).AsSpan().EnumerateLines())
        {
            number++;
            Words(line, number);
            Quoted(line, number);
        }
    }

    /// <summary>Where a function or a test of that name stands; null when nowhere.</summary>
    public int? Of(string name) =>
        _called.TryGetValue(name, out var line) || _quoted.TryGetValue(name, out line) ? line : null;

    /// <summary>True when <paramref name="word"/> stands anywhere.</summary>
    public bool Has(string word) => _words.ContainsKey(word);

    private void Words(ReadOnlySpan<char> line, int number)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (!IsWord(line[i]))
            {
                continue;
            }

            var start = i;
            while (i < line.Length && IsWord(line[i]))
            {
                i++;
            }

            if (i - start <= MaxWord)
            {
                var word = line[start..i].ToString();
                _words.TryAdd(word, number);
                if (line[i..].TrimStart() is ['(' or '<', ..])
                {
                    _called.TryAdd(word, number);
                }
            }
        }
    }

    private void Quoted(ReadOnlySpan<char> line, int number)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is not ('"' or '\'' or '`'))
            {
                continue;
            }

            var end = line[(i + 1)..].IndexOf(line[i]);
            if (end is > 0 and <= MaxWord)
            {
                _quoted.TryAdd(line.Slice(i + 1, end).ToString(), number);
            }

            i += Math.Max(0, end + 1);
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
