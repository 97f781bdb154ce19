using System.Collections.Immutable;

namespace Airworthy.Debt;

/// <summary>
/// Dates that never go back, from those that commits carry, which follow whatever the clocks said. The largest number of commits whose dates
/// agree with their order is believed (a longest non-decreasing subsequence), so that one clock gone wrong, forward or back, moves no
/// other commit. The rest take the date of the believed one before them.
/// </summary>
internal static class MonotoneDates
{
    private static readonly TimeSpan s_skew = TimeSpan.FromDays(1);

    // What tools write that know no date: the first day of 1970 and what is before it.
    private static readonly DateTimeOffset s_unset = DateTimeOffset.UnixEpoch.AddDays(1);

    /// <summary>The dates in the order of the commits, and how many were not believed. One a day beyond <paramref name="now"/> never is.</summary>
    public static (ImmutableArray<DateTimeOffset> Dates, int Disbelieved) Of(ImmutableArray<DateTimeOffset> committed, DateTimeOffset now)
    {
        var believed = Longest(committed, date => date > s_unset && date <= now + s_skew);
        if (believed.Count == 0)
        {
            return ([.. committed.Select(_ => now)], committed.Length);
        }

        var dates = ImmutableArray.CreateBuilder<DateTimeOffset>(committed.Length);
        for (var (i, last) = (0, 0); i < committed.Length; i++)
        {
            last = last + 1 < believed.Count && believed[last + 1] <= i ? last + 1 : last;
            dates.Add(committed[believed[last]]);
        }

        return (dates.MoveToImmutable(), committed.Length - believed.Count);
    }

    private static List<int> Longest(ImmutableArray<DateTimeOffset> dates, Predicate<DateTimeOffset> isPossible)
    {
        // tails[n] ends the subsequence of n + 1 dates that ends the earliest.
        var tails = new List<int>();
        var before = new int[dates.Length];
        for (var i = 0; i < dates.Length; i++)
        {
            if (!isPossible(dates[i]))
            {
                continue;
            }

            var (low, high) = (0, tails.Count);
            while (low < high)
            {
                var middle = (low + high) >>> 1;
                (low, high) = dates[tails[middle]] <= dates[i] ? (middle + 1, high) : (low, middle);
            }

            before[i] = low > 0 ? tails[low - 1] : -1;
            if (low == tails.Count)
            {
                tails.Add(i);
            }
            else
            {
                tails[low] = i;
            }
        }

        var longest = new List<int>(tails.Count);
        for (var i = tails.Count > 0 ? tails[^1] : -1; i >= 0; i = before[i])
        {
            longest.Add(i);
        }

        longest.Reverse();
        return longest;
    }
}
