namespace Shop.Coupons;

/// <summary>A reduction, e.g. 0.15 for 15 %.</summary>
public sealed record Coupon(string Code, string Rate);
