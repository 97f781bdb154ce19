namespace Airworthy.Code.Dialects;

/// <summary>Compiler-made names told as the method a person wrote.</summary>
internal static class DotNetSymbol
{
    /// <summary>
    /// Folds state machines (<c>&lt;M&gt;d__2.MoveNext</c>), lambdas (<c>&lt;&gt;c.&lt;M&gt;b__0_0</c>) and local functions
    /// (<c>&lt;M&gt;g__L|0_0</c>) into <c>M</c>; type arguments and arities are dropped, nested types joined by dots.
    /// </summary>
    public static string Fold(ReadOnlySpan<char> symbol)
    {
        var names = new List<string>();
        var dot = "";
        foreach (var part in Parts(symbol))
        {
            var segment = symbol[part];
            if (segment.IsEmpty)
            {
                // The empty part of `Type..ctor`.
                dot = ".";
                continue;
            }

            if (segment[0] != '<')
            {
                names.Add(dot + WithoutTypeArguments(segment).ToString());
                dot = "";
                continue;
            }

            var name = segment.TrimStart('<');
            var end = name.IndexOf('>');
            if (end == 0)
            {
                continue;
            }

            var written = (end < 0 ? name : name[..end]).ToString();
            names.Add(end > 0 && end + 1 < name.Length && name[end + 1] == '$' ? $"<{written}>$" : written);
            break;
        }

        return string.Join('.', names);
    }

    /// <summary>A frame that only throws on another's behalf.</summary>
    public static bool IsThrowHelper(string symbol)
    {
        var last = symbol.LastIndexOf('.');
        var type = last > 0 ? symbol.AsSpan(0, last) : [];
        type = type[(type.LastIndexOf('.') + 1)..];
        return symbol.AsSpan(last + 1).StartsWith("Throw", StringComparison.Ordinal)
            || type is "ThrowHelper" or "ThrowHelpers" or "Throw" or "Guard" or "Ensure" or "Requires";
    }

    private static ReadOnlySpan<char> WithoutTypeArguments(ReadOnlySpan<char> segment)
    {
        var end = segment.IndexOfAny('`', '[');
        return end > 0 ? segment[..end] : segment;
    }

    /// <summary>The parts between dots and plus signs that stand in no bracket.</summary>
    private static List<Range> Parts(ReadOnlySpan<char> symbol)
    {
        var parts = new List<Range>();
        int depth = 0, start = 0;
        for (var i = 0; i < symbol.Length; i++)
        {
            depth += symbol[i] switch { '<' or '[' => 1, '>' or ']' => -1, _ => 0 };
            if (depth <= 0 && symbol[i] is '.' or '+')
            {
                parts.Add(start..i);
                start = i + 1;
            }
        }

        parts.Add(start..symbol.Length);
        return parts;
    }
}
