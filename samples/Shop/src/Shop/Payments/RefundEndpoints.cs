using Shop.Catalog;
using Shop.Orders;

namespace Shop.Payments;

public static class RefundEndpoints
{
    public sealed record Wanted(int? Count);

    public static void MapRefunds(this IEndpointRouteBuilder routes) => routes.MapPost("/orders/{id}/refunds", Give);

    private static async Task<IResult> Give(
        string id, Wanted wanted, OrderStore orders, ProductStore products, PaymentClient payments, CancellationToken cancel)
    {
        if (orders.Find(id) is not { } order || products.Find(order.Sku) is not { } product)
        {
            return Results.NotFound();
        }

        var amount = wanted.Count is { } count ? Refunds.Pieces(order, product.Price, count) : Refunds.Whole(order);
        await payments.RefundAsync(order.Payment, amount, cancel);
        return Results.Ok(new { amountCents = amount.Cents });
    }
}
