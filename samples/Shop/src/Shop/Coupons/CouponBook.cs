using Shop.Data;

namespace Shop.Coupons;

/// <summary>The coupons that may be used. Rates are kept as they were typed, with a point: <c>0.15</c>.</summary>
public sealed class CouponBook(Database database)
{
    public void Save(Coupon coupon)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO coupons (code, rate) VALUES ($code, $rate)";
        command.Parameters.AddWithValue("$code", coupon.Code);
        command.Parameters.AddWithValue("$rate", coupon.Rate);
        command.ExecuteNonQuery();
    }

    public Coupon? Find(string code)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT code, rate FROM coupons WHERE code = $code";
        command.Parameters.AddWithValue("$code", code);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new Coupon(reader.GetString(0), reader.GetString(1)) : null;
    }
}
