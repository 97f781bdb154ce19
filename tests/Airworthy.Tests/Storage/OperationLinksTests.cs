using Airworthy.Model;
using Airworthy.Telemetry;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Storage;

public class OperationLinksTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task What_traces_of_an_operation_went_through_is_counted_beside_how_many_there_were(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var links = scratch.Store.Operations;
        await links.AddAsync("shop", "GET /", [Frame("Parse"), Frame("Parse"), Frame("Place"), new StackFrame(null, "x", 1)], Cancel);
        await links.AddAsync("shop", "GET /", [Frame("Place")], Cancel);
        await links.AddAsync("shop", "POST /", [Frame("Place") with { File = null }], Cancel);
        await links.AddAsync("till", "GET /", [Frame("Other")], Cancel);

        await scratch.ReopenAsync();
        Assert.Equal(
            [
                new OperationLink("GET /", "Place", "src/A.cs", 2, 2),
                new OperationLink("GET /", "Parse", "src/A.cs", 1, 2),
                new OperationLink("POST /", "Place", "", 1, 1),
            ],
            await scratch.Store.Operations.OfAsync("shop", Cancel));
    }

    [Fact]
    public async Task A_flood_of_traces_is_looked_at_only_as_long_as_it_says_something_new()
    {
        await using var scratch = await ScratchStore.CreateAsync(Backend.Sqlite, cluster);
        await Task.WhenAll(Enumerable.Range(0, 150).Select(i => scratch.Store.Operations.AddAsync("shop", "GET /", [Frame(i < 100 ? "Early" : "Late")], Cancel)));
        Assert.Equal(
            [new OperationLink("GET /", "Early", "src/A.cs", IOperationLinks.MostTraces, IOperationLinks.MostTraces)], await scratch.Store.Operations.OfAsync("shop", Cancel));
    }

    private static StackFrame Frame(string function) => new(function, "src/A.cs", 1);
}
