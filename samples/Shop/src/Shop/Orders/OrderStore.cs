using Shop.Data;

namespace Shop.Orders;

/// <summary>Keeps orders.</summary>
public sealed class OrderStore(Database database)
{
    public void Add(Order order)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO orders (id, sku, count, total_cents, payment, coupon) VALUES ($id, $sku, $count, $total, $payment, $coupon)";
        command.Parameters.AddWithValue("$id", order.Id);
        command.Parameters.AddWithValue("$sku", order.Sku);
        command.Parameters.AddWithValue("$count", order.Count);
        command.Parameters.AddWithValue("$total", order.Total.Cents);
        command.Parameters.AddWithValue("$payment", order.Payment);
        command.Parameters.AddWithValue("$coupon", (object?)order.CouponRate ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    public Order? Find(string id)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, sku, count, total_cents, payment, coupon FROM orders WHERE id = $id";
        command.Parameters.AddWithValue("$id", id);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new Order(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetInt32(2),
                new Money(reader.GetInt64(3)),
                reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5))
            : null;
    }
}
