namespace Shop.Data;

internal static class Schema
{
    public static readonly string[] Statements =
    [
        "CREATE TABLE IF NOT EXISTS products (sku TEXT PRIMARY KEY, name TEXT NOT NULL, price_cents INTEGER NOT NULL)",
        "CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, sku TEXT NOT NULL, count INTEGER NOT NULL, total_cents INTEGER NOT NULL, payment TEXT NOT NULL, coupon TEXT)",
        "CREATE TABLE IF NOT EXISTS coupons (code TEXT PRIMARY KEY, rate TEXT NOT NULL)",
    ];
}
