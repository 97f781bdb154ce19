namespace Shop.Coupons;

public static class CouponEndpoints
{
    public static void MapCoupons(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/coupons", (Coupon coupon, CouponBook coupons) =>
        {
            coupons.Save(coupon);
            return Results.NoContent();
        });
}
