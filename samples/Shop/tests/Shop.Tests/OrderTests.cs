using Shop.Orders;
using Xunit;

namespace Shop.Tests;

public class OrderTests
{
    [Fact]
    public void An_order_remembers_the_rate_it_was_placed_with() =>
        Assert.Equal("0.15", new Order("1", "mug", 1, new Money(850), "pay-1", "0.15").CouponRate);
}
