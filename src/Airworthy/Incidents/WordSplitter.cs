using System.Runtime.InteropServices;

namespace Airworthy.Incidents;

/// <summary>Splits text and code into terms: whole identifiers, and the words they are made of (<c>ParseAmount</c>, <c>parse_amount</c>), in small letters.</summary>
internal static class WordSplitter
{
    private const int Shortest = 3;
    private const int Longest = 64;

    /// <summary>Counts the terms of a text: identifiers as they are written, their words in small letters.</summary>
    public static void Count(ReadOnlySpan<char> text, Dictionary<string, int> into)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_'))
            {
                start = start < 0 ? i : start;
                continue;
            }

            if (start >= 0)
            {
                Identifier(text[start..i], into);
                start = -1;
            }
        }
    }

    private static void Identifier(ReadOnlySpan<char> name, Dictionary<string, int> into)
    {
        if (name.Length is < Shortest or > Longest || char.IsDigit(name[0]))
        {
            return;
        }

        Add(name, into);
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i == name.Length || name[i] == '_' || (char.IsUpper(name[i]) && char.IsLower(name[i - 1])))
            {
                var word = name[start..i].Trim('_');
                if (word.Length >= Shortest && word.Length < name.Length)
                {
                    Add(word.ToString().ToLowerInvariant(), into);
                }

                start = i;
            }
        }
    }

    private static void Add(ReadOnlySpan<char> term, Dictionary<string, int> into) =>
        CollectionsMarshal.GetValueRefOrAddDefault(into.GetAlternateLookup<ReadOnlySpan<char>>(), term, out _)++;
}
