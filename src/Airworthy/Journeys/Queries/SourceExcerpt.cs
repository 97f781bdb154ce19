namespace Airworthy.Journeys.Queries;

/// <summary>A few lines of a file.</summary>
/// <param name="Start">The number of the first of them, from 1.</param>
/// <param name="Lines">The lines without their ends. From the repository: hostile.</param>
public sealed record SourceExcerpt(int Start, IReadOnlyList<string> Lines)
{
    /// <summary>Who wrote each of the lines; empty when that can't be told now.</summary>
    public IReadOnlyList<LineAuthor> Wrote { get; init; } = [];
}
