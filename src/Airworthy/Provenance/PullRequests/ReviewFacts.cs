using System.Collections.Immutable;

namespace Airworthy.Provenance.PullRequests;

/// <summary>What a forge tells of the review of one pull request. Facts about a change; never a measure of a person.</summary>
/// <param name="Number">The pull request's number.</param>
/// <param name="Author">The account that opened it.</param>
/// <param name="OpenedAt">When it was opened; null when not told.</param>
/// <param name="Reviews">The reviews, in the forge's order.</param>
/// <param name="Comments">The comments on lines.</param>
public sealed record ReviewFacts(
    int Number, string Author, DateTimeOffset? OpenedAt, ImmutableArray<Review> Reviews, ImmutableArray<ReviewComment> Comments)
{
    /// <summary>The people who said yes or no, each with their last word; the author and machines are not among them.</summary>
    public ImmutableArray<Review> Decisions =>
    [
        .. Reviews
            .Where(review => !review.IsMachine && review.State != ReviewState.Commented && !string.Equals(review.By, Author, StringComparison.OrdinalIgnoreCase))
            .GroupBy(review => review.By, StringComparer.OrdinalIgnoreCase)
            .Select(of => of.OrderBy(review => review.At ?? DateTimeOffset.MinValue).Last()),
    ];

    /// <summary>How long it took from the opening to the first approval by a person; null when nobody approved, or a time is not told.</summary>
    public TimeSpan? TimeToApproval => OpenedAt is { } opened
        && Reviews.Where(review => !review.IsMachine && review is { State: ReviewState.Approved, At: not null }).Select(review => review.At).Min() is { } first && first >= opened
        ? first - opened
        : null;

    /// <summary>How often a person asked for changes.</summary>
    public int Rounds => Reviews.Count(review => review is { IsMachine: false, State: ReviewState.ChangesRequested });
}
