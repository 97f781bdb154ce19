namespace Airworthy.Policies;

/// <summary>A name of an agent or a model; <c>*</c> stands for any letters. Case does not count.</summary>
/// <param name="Text">The name as written.</param>
public sealed record NamePattern(string Text)
{
    /// <summary>True when <paramref name="name"/> is of this pattern. Takes at most name × pattern steps.</summary>
    public bool Matches(string name)
    {
        int at = 0, part = 0, star = -1, resume = 0;
        while (at < name.Length)
        {
            if (part < Text.Length && Text[part] == '*')
            {
                (star, resume) = (part++, at);
            }
            else if (part < Text.Length && char.ToUpperInvariant(Text[part]) == char.ToUpperInvariant(name[at]))
            {
                (at, part) = (at + 1, part + 1);
            }
            else if (star >= 0)
            {
                (part, at) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return Text.AsSpan(part).Trim('*').IsEmpty;
    }

    /// <summary>True when some name is of this pattern and of <paramref name="other"/>. Takes at most pattern × pattern steps.</summary>
    public bool Overlaps(NamePattern other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (mine, its) = (Text.ToUpperInvariant(), other.Text.ToUpperInvariant());

        // reached[j]: the first i letters of the one and the first j of the other may stand for the same.
        var reached = new bool[its.Length + 1];
        for (var i = 0; i <= mine.Length; i++)
        {
            var next = new bool[its.Length + 1];
            for (var j = 0; j <= its.Length; j++)
            {
                next[j] = (i == 0 && j == 0)
                    || (i > 0 && mine[i - 1] == '*' && (reached[j] || (j > 0 && next[j - 1])))
                    || (j > 0 && its[j - 1] == '*' && (next[j - 1] || (i > 0 && reached[j])))
                    || (i > 0 && j > 0 && mine[i - 1] == its[j - 1] && reached[j - 1]);
            }

            reached = next;
        }

        return reached[its.Length];
    }
}
