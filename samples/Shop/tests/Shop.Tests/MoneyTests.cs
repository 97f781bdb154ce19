using Xunit;

namespace Shop.Tests;

public class MoneyTests
{
    [Fact]
    public void A_part_is_rounded_half_to_even() => Assert.Equal(new Money(12), new Money(25).Part(0.5m));

    [Fact]
    public void An_amount_is_never_negative() => Assert.Throws<ArgumentOutOfRangeException>(() => new Money(1) - new Money(2));
}
