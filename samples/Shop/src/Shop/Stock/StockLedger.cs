namespace Shop.Stock;

/// <summary>How many pieces of each product are on the shelf.</summary>
public sealed class StockLedger
{
    private readonly Dictionary<string, int> _onShelf = [];
    private readonly Dictionary<string, string> _warehouses = [];
    private readonly Lock _lock = new();

    public void Receive(string sku, int count, string warehouse)
    {
        lock (_lock)
        {
            _onShelf[sku] = _onShelf.GetValueOrDefault(sku) + count;
            _warehouses[sku] = warehouse;
        }
    }

    /// <summary>Where a product is picked up.</summary>
    public string Warehouse(string sku)
    {
        lock (_lock)
        {
            return _warehouses[sku];
        }
    }

    public int OnShelf(string sku)
    {
        lock (_lock)
        {
            return _onShelf.GetValueOrDefault(sku);
        }
    }

    /// <summary>Takes pieces off the shelf; false when there are too few.</summary>
    public bool TryReserve(string sku, int count)
    {
        lock (_lock)
        {
            if (_onShelf.GetValueOrDefault(sku) < count)
            {
                return false;
            }

            _onShelf[sku] -= count;
            return true;
        }
    }
}
