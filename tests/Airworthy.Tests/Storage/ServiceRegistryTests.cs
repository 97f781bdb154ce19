using Airworthy.Telemetry;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Storage;

public class ServiceRegistryTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_repository_added_again_takes_its_new_place(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var services = scratch.Store.Services;
        await services.AddRepositoryAsync(new RegisteredRepository("shop", "/old", null), Cancel);
        await services.AddRepositoryAsync(new RegisteredRepository("shop", "/srv/shop", "https://example.org/shop"), Cancel);
        await services.AddRepositoryAsync(new RegisteredRepository("api", "/srv/api", null), Cancel);

        Assert.Equal(
            [new("api", "/srv/api", null), new("shop", "/srv/shop", "https://example.org/shop")], await services.RepositoriesAsync(Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_sender_can_not_take_back_what_the_operator_confirmed(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var services = scratch.Store.Services;
        await services.ClaimAsync(new ServiceClaim("shop", "shop", Confirmed: false), Cancel);
        Assert.False(Assert.Single(await services.ClaimsAsync(Cancel)).Confirmed);
        await services.ClaimAsync(new ServiceClaim("shop", "shop", Confirmed: true), Cancel);
        await services.ClaimAsync(new ServiceClaim("shop", "shop", Confirmed: false), Cancel);
        await services.ClaimAsync(new ServiceClaim("shop", "fork", Confirmed: false), Cancel);

        Assert.Equal([new("shop", "fork", false), new("shop", "shop", true)], await services.ClaimsAsync(Cancel));
    }
}
