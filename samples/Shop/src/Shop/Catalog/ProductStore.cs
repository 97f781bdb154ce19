using Shop.Data;

namespace Shop.Catalog;

/// <summary>The products on sale.</summary>
public sealed class ProductStore(Database database)
{
    public IReadOnlyList<Product> All()
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sku, name, price_cents FROM products ORDER BY sku";
        using var reader = command.ExecuteReader();
        var products = new List<Product>();
        while (reader.Read())
        {
            products.Add(new Product(reader.GetString(0), reader.GetString(1), new Money(reader.GetInt64(2))));
        }

        return products;
    }

    public Product? Find(string sku) => All().FirstOrDefault(p => p.Sku == sku);

    public void Save(Product product)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO products (sku, name, price_cents) VALUES ($sku, $name, $price) " +
            "ON CONFLICT (sku) DO UPDATE SET name = $name, price_cents = $price";
        command.Parameters.AddWithValue("$sku", product.Sku);
        command.Parameters.AddWithValue("$name", product.Name);
        command.Parameters.AddWithValue("$price", product.Price.Cents);
        command.ExecuteNonQuery();
    }
}
