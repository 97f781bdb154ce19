namespace Shop.Catalog;

public static class CatalogEndpoints
{
    public sealed record NewProduct(string Sku, string Name, long PriceCents);

    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products", (ProductStore products) => products.All().Select(Shown));
        routes.MapPut("/products", (NewProduct product, ProductStore products) =>
        {
            products.Save(new Product(product.Sku, product.Name, new Money(product.PriceCents)));
            return Results.NoContent();
        });
    }

    private static object Shown(Product product) => new
    {
        product.Sku,
        product.Name,
        priceCents = product.Price.Cents,
        price = (product.Price.Cents / 100m).ToString("N2"),
    };
}
