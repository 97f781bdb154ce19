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
}
