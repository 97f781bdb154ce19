namespace Shop.Stock;

public static class StockEndpoints
{
    public sealed record Delivery(string Sku, int Count, string Warehouse = "north");

    public static void MapStock(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/stock", (Delivery delivery, StockLedger stock) =>
        {
            stock.Receive(delivery.Sku, delivery.Count, delivery.Warehouse);
            return Results.NoContent();
        });
        routes.MapGet("/stock/{sku}", (string sku, StockLedger stock) => new
        {
            sku,
            onShelf = stock.OnShelf(sku),
            warehouse = stock.Warehouse(sku),
        });
    }
}
