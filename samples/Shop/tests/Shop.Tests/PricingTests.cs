using Shop.Coupons;
using Shop.Orders;
using Xunit;

namespace Shop.Tests;

public class PricingTests
{
    [Fact]
    public void A_coupon_takes_its_part_off() =>
        Assert.Equal(new Money(1700), Pricing.Total(new Money(1000), 2, new Coupon("SAVE15", "0.15"), Money.Zero));

    [Fact]
    public void A_gift_card_pays_its_part() =>
        Assert.Equal(new Money(500), Pricing.Total(new Money(1000), 1, null, new Money(500)));
}
