namespace Shop.Catalog;

/// <summary>Something the shop sells.</summary>
public sealed record Product(string Sku, string Name, Money Price);
