using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Journeys.Agents;

/// <summary>A part of a list that an answer holds, and where the next part begins.</summary>
/// <param name="Items">The part.</param>
/// <param name="Next">What to ask for the next part with; null at the end.</param>
/// <param name="Total">How many there are in all.</param>
internal sealed record AnswerPage<T>(IReadOnlyList<T> Items, string? Next, int Total)
{
    /// <summary>The part of <paramref name="all"/> that <paramref name="cursor"/> asks for: the first when null.</summary>
    /// <exception cref="JourneyException">The cursor is none that an answer gave.</exception>
    public static AnswerPage<T> Of(IReadOnlyList<T> all, string? cursor, int size)
    {
        var start = Start(cursor);
        var end = Math.Min(all.Count, start + size);
        return new(
            [.. all.Skip(start).Take(size)],
            end < all.Count && start < all.Count ? end.ToString(CultureInfo.InvariantCulture) : null,
            all.Count);
    }

    private static int Start(string? cursor) =>
        string.IsNullOrEmpty(cursor) ? 0
        : int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var start) && start <= 1_000_000 ? start
        : throw new JourneyException(Fault.Usage, "cursor is not one that an answer gave as 'next'; leave it out for the first page");
}
