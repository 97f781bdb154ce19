using System.Globalization;
using Shop.Coupons;

namespace Shop.Orders;

/// <summary>What an order costs.</summary>
public static class Pricing
{
    public static Money Total(Money price, int count, Coupon? coupon, Money giftCard)
    {
        var full = price * count;
        var reduced = coupon is null ? full : full - full.Part(decimal.Parse(coupon.Rate, CultureInfo.InvariantCulture));
        return reduced - giftCard;
    }
}
