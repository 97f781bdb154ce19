using Shop.Orders;
using Shop.Payments;
using Xunit;

namespace Shop.Tests;

public class RefundsTests
{
    private static readonly Order s_order = new("1", "mug", 3, new Money(2550), "pay-1", "0.15");

    [Fact]
    public void The_whole_order_gives_back_what_was_paid() => Assert.Equal(new Money(2550), Refunds.Whole(s_order));

    [Fact]
    public void A_piece_gives_back_its_price_less_the_coupon() =>
        Assert.Equal(new Money(850), Refunds.Pieces(s_order, new Money(1000), 1));

    [Fact]
    public void Without_a_coupon_a_piece_gives_back_its_price() =>
        Assert.Equal(new Money(1000), Refunds.Pieces(s_order with { CouponRate = null }, new Money(1000), 1));

    [Fact]
    public void More_pieces_than_were_ordered_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Refunds.Pieces(s_order, new Money(1000), 4));
}
