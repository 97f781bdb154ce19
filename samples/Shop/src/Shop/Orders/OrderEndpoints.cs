using Shop.Catalog;
using Shop.Coupons;
using Shop.Payments;
using Shop.Stock;

namespace Shop.Orders;

public static class OrderEndpoints
{
    public sealed record NewOrder(string Sku, int Count, string? Coupon = null, long GiftCardCents = 0);

    public static void MapOrders(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/orders", Place);
        routes.MapGet("/orders", (int? page, OrderPages pages) => pages.Page(page ?? 0));
        routes.MapGet("/orders/{id}", (string id, OrderStore orders) =>
            orders.Find(id) is { } order ? Results.Ok(Shown(order)) : Results.NotFound());
    }

    private static async Task<IResult> Place(
        NewOrder wanted,
        ProductStore products,
        CouponBook coupons,
        StockLedger stock,
        OrderStore orders,
        PaymentClient payments,
        CancellationToken cancel)
    {
        if (products.Find(wanted.Sku) is not { } product)
        {
            return Results.NotFound();
        }

        if (wanted.Count < 1 || !stock.TryReserve(product.Sku, wanted.Count))
        {
            return Results.Conflict();
        }

        var id = Guid.NewGuid().ToString("N");
        var coupon = wanted.Coupon is null ? null : coupons.Find(wanted.Coupon);
        var total = Pricing.Total(product.Price, wanted.Count, coupon, new Money(wanted.GiftCardCents));
        var payment = await payments.ChargeAsync(id, total, cancel);
        var order = new Order(id, product.Sku, wanted.Count, total, payment, coupon?.Rate);
        orders.Add(order);
        return Results.Created($"/orders/{order.Id}", Shown(order));
    }

    private static object Shown(Order order) => new { order.Id, order.Sku, order.Count, totalCents = order.Total.Cents };
}
