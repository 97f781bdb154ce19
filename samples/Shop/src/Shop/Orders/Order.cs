namespace Shop.Orders;

/// <summary>An order as it was placed.</summary>
/// <param name="CouponRate">The rate of the coupon it was placed with, as the coupon book keeps it.</param>
public sealed record Order(string Id, string Sku, int Count, Money Total, string Payment, string? CouponRate);
