using Shop.Stock;
using Xunit;

namespace Shop.Tests;

public class StockLedgerTests
{
    [Fact]
    public void Pieces_are_reserved_while_there_are_enough()
    {
        var stock = new StockLedger();
        stock.Receive("mug", 3, "north");

        Assert.True(stock.TryReserve("mug", 2));
        Assert.False(stock.TryReserve("mug", 2));
        Assert.Equal(1, stock.OnShelf("mug"));
        Assert.Equal("north", stock.Warehouse("mug"));
    }
}
