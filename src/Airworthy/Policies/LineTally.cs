using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>Lines counted by who wrote them.</summary>
public readonly record struct LineTally(int Ai, int Human, int Unknown)
{
    /// <summary>All of them.</summary>
    public int Total => Ai + Human + Unknown;

    /// <summary><paramref name="count"/> lines by <paramref name="author"/>.</summary>
    public static LineTally Of(AuthorKind author, int count) => author switch
    {
        AuthorKind.Ai => new(count, 0, 0),
        AuthorKind.Human => new(0, count, 0),
        _ => new(0, 0, count),
    };

    public static LineTally operator +(LineTally left, LineTally right) =>
        new(left.Ai + right.Ai, left.Human + right.Human, left.Unknown + right.Unknown);
}
