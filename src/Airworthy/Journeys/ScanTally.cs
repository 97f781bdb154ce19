using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>A count of commits or lines by who wrote them.</summary>
public readonly record struct ScanTally(long Ai, long Human, long Unknown)
{
    public long Total => Ai + Human + Unknown;

    /// <summary>How many anything is known of.</summary>
    public long Known => Ai + Human;

    /// <summary>This and <paramref name="count"/> more of <paramref name="kind"/>.</summary>
    public ScanTally Plus(AuthorKind kind, long count) => kind switch
    {
        AuthorKind.Ai => this with { Ai = Ai + count },
        AuthorKind.Human => this with { Human = Human + count },
        _ => this with { Unknown = Unknown + count },
    };
}
