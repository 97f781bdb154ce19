namespace Airworthy.Journeys;

/// <summary>Changed statements that coverage reports speak of, by who wrote them.</summary>
/// <param name="Ai">AI-written ones.</param>
/// <param name="Unknown">Those of nobody known.</param>
/// <param name="Human">People's.</param>
/// <param name="Covered">Those of all that tests executed.</param>
public readonly record struct StatementTally(int Ai, int Unknown, int Human, int Covered)
{
    /// <summary>All of them.</summary>
    public int Total => Ai + Unknown + Human;

    public static StatementTally operator +(StatementTally left, StatementTally right) =>
        new(left.Ai + right.Ai, left.Unknown + right.Unknown, left.Human + right.Human, left.Covered + right.Covered);
}
