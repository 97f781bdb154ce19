using System.Globalization;
using Shop.Orders;

namespace Shop.Payments;

/// <summary>Works out what a customer gets back.</summary>
public static class Refunds
{
    /// <summary>The whole order: what was paid.</summary>
    public static Money Whole(Order order) => order.Total;

    /// <summary>Some pieces of an order, each at the price that was paid for it: the coupon's part was never paid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many pieces in the order.</exception>
    public static Money Pieces(Order order, Money price, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, order.Count);
        var full = price * count;
        if (order.CouponRate is null)
        {
            return full;
        }

        var rate = decimal.Parse(order.CouponRate, NumberStyles.AllowDecimalPoint);
        return full - full.Part(rate);
    }
}
