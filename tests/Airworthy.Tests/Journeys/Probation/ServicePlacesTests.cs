using Airworthy.Journeys;
using Airworthy.Journeys.Probation;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Repositories;
using Airworthy.Journeys.Services;
using Airworthy.Model;
using Airworthy.Telemetry;
using Airworthy.Testing;
using Airworthy.Tests.Storage;
using Airworthy.Tests.Telemetry;
using Xunit;

namespace Airworthy.Tests.Journeys.Probation;

public sealed class ServicePlacesTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_that_no_repository_ever_holds_is_asked_for_once_at_each_reading_however_many_places_it_has()
    {
        using var repository = new RepositoryBuilder();
        var head = repository.Write("src/Orders.cs", "namespace Shop;\n\npublic static class Orders\n{\n    public static int Place() => 1;\n}\n").Commit("Begin");
        await using var scratch = await ScratchStore.CreateAsync(Backend.Sqlite, cluster);
        var registry = new AskedRegistry(scratch.Store.Services);
        await registry.AddRepositoryAsync(new RegisteredRepository("shop", repository.Folder, Origin: null), Cancel);
        await registry.ClaimAsync(new ServiceClaim("shop", "shop", Confirmed: true), Cancel);
        var never = Enumerable.Range(0, 200).Select(i => Counted($"Shop.Orders.M{i}", new string('9', 40)));
        await scratch.Store.Telemetry.AppendAsync(Sent.Batch("never", [.. never]), Cancel);

        await using var shelf = new RepositoryShelf(registry, Path.Combine(repository.Folder, ".git", "airworthy"));
        var mappings = new ServiceMappings(registry, shelf, new ServerNews(), scratch.Time);
        var places = new ServicePlaces(
            "shop", scratch.Store.Telemetry, scratch.Store.Operations, new RunningRevisions(registry, shelf, mappings, scratch.Time), new UnitFinder(), mappings);
        for (var reading = 1; reading <= 3; reading++)
        {
            Assert.Empty(await places.ReadAsync("shop", Cancel));
            Assert.Equal(reading, registry.Asked);
            scratch.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await scratch.Store.Telemetry.AppendAsync(Sent.Batch("held", [Counted("Shop.Orders.Place", head)]), Cancel);
        Assert.Equal("M:Shop.Orders.Place", Assert.Single(await places.ReadAsync("shop", Cancel)).Unit.Symbol);
    }

    private static Observation Counted(string function, string revision)
    {
        var sent = Sent.Calls(1, function: function);
        return sent with { Key = sent.Key with { Source = "probe", Sampling = "all", Version = ReportedVersion.None with { HeadRevision = revision } } };
    }

    /// <summary>A registry that counts how often it is asked who runs what.</summary>
    private sealed class AskedRegistry(IServiceRegistry inner) : IServiceRegistry
    {
        public int Asked { get; private set; }

        public Task AddRepositoryAsync(RegisteredRepository repository, CancellationToken cancel) => inner.AddRepositoryAsync(repository, cancel);

        public Task<IReadOnlyList<RegisteredRepository>> RepositoriesAsync(CancellationToken cancel) => inner.RepositoriesAsync(cancel);

        public Task ClaimAsync(ServiceClaim claim, CancellationToken cancel) => inner.ClaimAsync(claim, cancel);

        public Task<IReadOnlyList<ServiceClaim>> ClaimsAsync(CancellationToken cancel)
        {
            Asked++;
            return inner.ClaimsAsync(cancel);
        }

        public Task MapAsync(string service, ServiceMapping mapping, CancellationToken cancel) => inner.MapAsync(service, mapping, cancel);

        public Task<IReadOnlyList<ServiceMapping>> MappingsAsync(CancellationToken cancel) => inner.MappingsAsync(cancel);
    }
}
