using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Code.Dialects;

/// <summary>One line of a .NET trace: <c>WORD Symbol(parameters) WORD file:WORD number</c>, all but the symbol optional.</summary>
internal static class DotNetFrame
{
    /// <summary>Words before the symbol, at most: Hungarian has <c>a következő helyen:</c>.</summary>
    private const int MaxWords = 4;

    private const int MaxWord = 12;

    private static readonly SearchValues<char> s_neverInParameters = SearchValues.Create(":/\\\"=;");

    public static bool TryRead(string raw, [NotNullWhen(true)] out StackFrame? frame)
    {
        frame = null;
        var line = raw.AsSpan().Trim();
        var open = line.IndexOf('(');
        if (open <= 0)
        {
            return false;
        }

        var close = Closing(line, open);
        var symbol = WithoutWord(line[..open].TrimEnd(), out var hadWord);
        if (close < 0 || !IsSymbol(symbol) || !AreParameters(line[(open + 1)..close]))
        {
            return false;
        }

        var rest = WithoutOffsets(line[(close + 1)..].Trim());
        if (!hadWord && (!char.IsWhiteSpace(raw[0]) || (!rest.IsEmpty && rest.IndexOf(':') < 0)))
        {
            return false;
        }

        var (file, number) = Place(rest);
        var folded = DotNetSymbol.Fold(symbol);
        frame = new StackFrame(folded, file, number, DotNetSymbol.IsThrowHelper(folded));
        return true;
    }

    private static int Closing(ReadOnlySpan<char> line, int open)
    {
        var depth = 0;
        for (var i = open; i < line.Length; i++)
        {
            depth += line[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Takes away the words for "at" in whatever language; some need several.</summary>
    private static ReadOnlySpan<char> WithoutWord(ReadOnlySpan<char> text, out bool had)
    {
        had = false;
        for (var words = 0; words < MaxWords && text.IndexOf(' ') is var space and > 0 and <= MaxWord; words++)
        {
            foreach (var c in text[..space].TrimEnd(':'))
            {
                if (!char.IsLetter(c) && !char.IsAsciiDigit(c))
                {
                    return text;
                }
            }

            had = true;
            text = text[(space + 1)..].TrimStart();
        }

        return text;
    }

    /// <summary>A symbol has a type and a member: no white space but inside brackets, at least one dot between names.</summary>
    private static bool IsSymbol(ReadOnlySpan<char> symbol)
    {
        if (symbol.Length is < 3 or > 2048 || symbol.IndexOf('.') <= 0 || !(char.IsLetter(symbol[0]) || symbol[0] is '_' or '<'))
        {
            return false;
        }

        var depth = 0;
        foreach (var c in symbol)
        {
            depth += c switch { '[' or '<' => 1, ']' or '>' => -1, _ => 0 };
            if (c is ':' or '/' or '\\' or '"' or '\'' or ';' or '@' || (depth <= 0 && char.IsWhiteSpace(c)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreParameters(ReadOnlySpan<char> parameters)
    {
        if (parameters is "Native Method" or "Unknown Source" or "native")
        {
            return false;
        }

        return parameters.IndexOfAny(s_neverInParameters) < 0;
    }

    /// <summary>Takes away NativeAOT's <c>+ 0x256</c> and Mono's <c>[0x00000]</c>.</summary>
    private static ReadOnlySpan<char> WithoutOffsets(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith("+ 0x", StringComparison.OrdinalIgnoreCase))
        {
            var end = rest[2..].IndexOf(' ');
            return end < 0 ? [] : rest[(end + 3)..].Trim();
        }

        if ((rest.StartsWith("[0x", StringComparison.Ordinal) && rest.IndexOf(']') is var close and > 0)
            || (rest.StartsWith("<0x", StringComparison.Ordinal) && (close = rest.IndexOf('>')) > 0))
        {
            return rest[(close + 1)..].Trim();
        }

        return rest;
    }

    /// <summary>The file and line after the word for "in".</summary>
    private static (string? File, int? Line) Place(ReadOnlySpan<char> rest)
    {
        var space = rest.IndexOf(' ');
        if (space < 0)
        {
            return (null, null);
        }

        // German ends its sentence.
        var place = rest[(space + 1)..].Trim().TrimEnd('.');
        if (place.IsEmpty || place[0] == '<')
        {
            return (null, null);
        }

        var colon = place.LastIndexOf(':');
        if (colon > 1 && Number(place[(colon + 1)..]) is { } number)
        {
            return (place[..colon].ToString(), number);
        }

        return (place.ToString(), null);
    }

    /// <summary>The number after the word for "line"; a word that is no word (a drive, a folder) makes it none.</summary>
    private static int? Number(ReadOnlySpan<char> text)
    {
        var digits = text.Length;
        while (digits > 0 && char.IsAsciiDigit(text[digits - 1]))
        {
            digits--;
        }

        foreach (var c in text[..digits])
        {
            if (!char.IsLetter(c) && !char.IsWhiteSpace(c) && c is not '.')
            {
                return null;
            }
        }

        return int.TryParse(text[digits..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
