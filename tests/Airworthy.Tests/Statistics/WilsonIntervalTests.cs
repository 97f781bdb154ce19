using Airworthy.Statistics;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Statistics;

public class WilsonIntervalTests
{
    /// <summary>Newcombe, Statistics in Medicine 17 (1998), table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void It_is_that_of_the_literature(long part, long whole, double lower, double upper)
    {
        var range = WilsonInterval.Of(part, whole);

        Assert.NotNull(range);
        Assert.Equal((lower, upper), (Math.Round(range.Value.Lower, 4), Math.Round(range.Value.Upper, 4)));
    }

    [Fact]
    public void Of_nothing_there_is_none() => Assert.Null(WilsonInterval.Of(0, 0));

    [Fact]
    public void It_holds_the_share_within_0_and_1() => Gen.Select(Gen.Long[1, 1_000_000], Gen.Double[0, 1]).Sample((whole, share) =>
    {
        var part = (long)(whole * share);
        var range = WilsonInterval.Of(part, whole)!.Value;
        return range.Lower >= 0 && range.Upper <= 1 && range.Lower <= (double)part / whole + 1e-12 && range.Upper >= (double)part / whole - 1e-12;
    });
}
