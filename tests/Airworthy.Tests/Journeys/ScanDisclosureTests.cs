using Airworthy.Journeys;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Journeys;

public class ScanDisclosureTests
{
    [Fact]
    public void A_fall_at_the_same_volume_is_a_drop() =>
        // As in rsync in 2026.
        Assert.Equal(
            new ScanDisclosure(new ScanMonth(2026, 5, 78, 62), new ScanMonth(2026, 8, 80, 1)),
            ScanDisclosure.Find([new(2026, 4, 61, 38), new(2026, 5, 78, 62), new(2026, 6, 85, 8), new(2026, 8, 80, 1)]));

    [Theory]
    [InlineData(78, 62, 40, 1)] // half as much is written
    [InlineData(78, 62, 80, 20)] // a quarter is still marked
    [InlineData(78, 10, 80, 0)] // it was never usual
    [InlineData(9, 9, 80, 0)] // too few to tell
    [InlineData(78, 62, 9, 0)]
    public void Anything_less_is_none(long before, long markedBefore, long after, long markedAfter) =>
        Assert.Null(ScanDisclosure.Find([new(2026, 5, before, markedBefore), new(2026, 8, after, markedAfter)]));

    [Fact]
    public void What_was_more_than_a_year_ago_is_not_compared() =>
        Assert.Null(ScanDisclosure.Find([new(2025, 5, 78, 62), new(2026, 8, 80, 0)]));

    [Fact]
    public void A_trend_that_never_falls_is_no_drop() =>
        Gen.Int[0, 100].Array[2, 12].Sample(shares => ScanDisclosure.Find(
            shares.Order().Select((share, month) => new ScanMonth(2026, month + 1, 100, share))) is null);
}
