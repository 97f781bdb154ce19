using Airworthy.Trials;

namespace Airworthy.TrialWorker.Making;

/// <summary>What inputs are drawn from: a sequence of random numbers that a seed gives again, and the values that the code itself speaks of.</summary>
internal sealed class Chance
{
    private static readonly string[] s_texts =
    [
        "", " ", "a", "A", "abc", "Hello World", "hello", "0", "1", "-1", "0.1", "0.15", "1.5", "0,5", "1,234.5", "1e3", "NaN", "true", "null", "2024-02-29", "2026-03-29T02:30:00",
        "12:30", "é", "e\u0301", "ß", "İ", "ıI", "Straße", "日本", "😀", "\t", "\n", "a\nb", "a\r\nb", "  padded  ", "a,b,c", "a;b", "a b c", "a-b_c", "/a/b", "C:\\a", "x=1&y=2", "<b>&amp;</b>", "\"quoted\"", "'", "\\", "{0}", "%20", "\0",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "some text to be long enough", "CamelCaseText", "snake_case_text", "UPPER CASE", "item1", "user@example.org", "https://example.org/a?b=c#d", "127.0.0.1",
    ];

    private ulong _state;

    public Chance(ulong seed, LiteralPool pool)
    {
        _state = seed;
        Numbers = [.. pool.TestNumbers.Concat(pool.Numbers.SelectMany(number => new[] { number, unchecked(number + 1), unchecked(number - 1), unchecked(-number) })).Distinct()];
        Reals = [.. pool.Reals.SelectMany(real => new[] { real, -real, Math.BitIncrement(real), Math.BitDecrement(real), real + 1 }), .. pool.Numbers.Select(number => (double)number)];
        Texts = [.. pool.TestTexts.Concat(pool.Texts).Where(text => text.Length <= 200).Distinct(StringComparer.Ordinal)];
        Characters = [.. pool.Characters.Concat(pool.Texts.SelectMany(text => text)).Distinct()];
    }

    public List<long> Numbers { get; }

    public List<double> Reals { get; }

    public List<string> Texts { get; }

    public List<char> Characters { get; }

    /// <summary>The next 64 random bits (SplitMix64).</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to below a bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public T Of<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    /// <summary>A whole number: small, from the code, at a boundary of some width, or any.</summary>
    public long Number()
    {
        var kind = Below(100);
        return kind < 30 ? Below(14) - 3
            : kind < 60 && Numbers.Count > 0 ? Numbers[Below(Numbers.Count)]
            : kind < 70 ? Below(1000)
            : kind < 80 ? Boundary()
            : unchecked((long)(Next() >> Below(64))) * (OneIn(2) ? 1 : -1);
    }

    /// <summary>How many items: one of the numbers that the code speaks of, where one is no more than <paramref name="most"/>; else any such number.</summary>
    public int Length(int most) => Numbers.Count > 0 && Of(Numbers) is var number && number >= 0 && number <= most ? (int)number : Below(most);

    /// <summary>A text: from the code and its tests, of their pieces, one that is often trouble, or any.</summary>
    public string Text(int size)
    {
        var kind = Below(100);
        if (kind < 30 && Texts.Count > 0)
        {
            return Texts[Below(Texts.Count)];
        }

        if (kind < 50)
        {
            return s_texts[Below(s_texts.Length)];
        }

        if (kind < 65)
        {
            return Piece() + Piece() + (OneIn(2) ? Piece() : "");
        }

        var length = Below(Math.Max(2, Math.Min(24, size * 4)));
        return string.Create(length, this, static (span, chance) =>
        {
            foreach (ref var c in span)
            {
                c = chance.Character();
            }
        });
    }

    public char Character()
    {
        var kind = Below(100);
        return kind < 35 && Characters.Count > 0 ? Characters[Below(Characters.Count)]
            : kind < 70 ? (char)('a' + Below(26))
            : kind < 80 ? (char)('0' + Below(10))
            : kind < 88 ? (char)('A' + Below(26))
            : kind < 97 ? (char)(' ' + Below(95))
            : kind < 99 ? "éßİıÅñ日\u0301\u00a0\u200b\u0663"[Below(11)]
            : (char)Below(0xD800);
    }

    private string Piece() => OneIn(2) && Texts.Count > 0 ? Texts[Below(Texts.Count)] : OneIn(3) ? Character().ToString() : s_texts[Below(s_texts.Length)];

    private long Boundary()
    {
        var power = unchecked((1L << Below(64)) + (Below(3) - 1));
        return OneIn(2) ? power : unchecked(-power);
    }
}
