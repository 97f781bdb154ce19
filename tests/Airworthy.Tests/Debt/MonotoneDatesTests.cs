using System.Collections.Immutable;
using Airworthy.Debt;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Debt;

/// <summary>Dates that commits carry, and what is made of them.</summary>
public class MonotoneDatesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Dates_that_follow_the_order_of_commits_are_believed() =>
        Check([Day(1), Day(2), Day(2), Day(9)], disbelieved: 0, [Day(1), Day(2), Day(2), Day(9)]);

    [Fact]
    public void One_clock_far_ahead_or_behind_moves_no_other_commit()
    {
        Check([Day(1), Day(1), Day(2), Day(3)], disbelieved: 1, [Day(1), Day(300), Day(2), Day(3)]);
        Check([Day(1), Day(2), Day(2), Day(3)], disbelieved: 1, [Day(1), Day(2), Day(-3000), Day(3)]);
    }

    [Fact]
    public void A_date_in_the_future_is_not_believed_where_nothing_else_contradicts_it()
    {
        Check([Day(1), Day(1)], disbelieved: 1, [Day(1), s_now.AddDays(2)]);
        Check([Day(1), s_now.AddHours(20)], disbelieved: 0, [Day(1), s_now.AddHours(20)]);
    }

    [Fact]
    public void A_first_commit_without_a_date_takes_the_next_ones()
    {
        Check([Day(5), Day(5), Day(6)], disbelieved: 1, [DateTimeOffset.UnixEpoch, Day(5), Day(6)]);
        Check([s_now], disbelieved: 1, [DateTimeOffset.MinValue]);
    }

    [Fact]
    public void Dates_never_go_back_and_as_few_as_can_be_are_changed() =>
        Gen.Int[1, 12].Array[1, 9].Sample(days =>
        {
            var committed = days.Select(day => Day(day)).ToImmutableArray();

            var (dates, disbelieved) = MonotoneDates.Of(committed, s_now);

            Assert.Equal(dates.Order(), dates);
            Assert.Equal(committed.Length - LongestByTrial(days), disbelieved);
            Assert.True(dates.Zip(committed).Count(pair => pair.First != pair.Second) <= disbelieved);
        });

    private static int LongestByTrial(int[] days) => Enumerable.Range(0, 1 << days.Length)
        .Select(chosen => days.Where((_, i) => (chosen & (1 << i)) != 0).ToList())
        .Where(kept => kept.Order().SequenceEqual(kept))
        .Max(kept => kept.Count);

    private static void Check(DateTimeOffset[] expected, int disbelieved, ImmutableArray<DateTimeOffset> committed)
    {
        var (dates, wrong) = MonotoneDates.Of(committed, s_now);
        Assert.Equal(expected, dates);
        Assert.Equal(disbelieved, wrong);
    }

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
}
