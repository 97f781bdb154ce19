using Airworthy.Journeys.Queries;
using Airworthy.Testing;

namespace Airworthy.Server.Tests.Journeys;

/// <summary>A shop whose change by an agent runs beside the version without it, and what is told of the change.</summary>
internal static class ProbationShop
{
    public static (RepositoryBuilder Shop, string Before, string After) Shops(string policy = "")
    {
        var shop = Shop.Open();
        shop.Write("airworthy.yml", $"version: 1\nservices: [shop]\n{policy}").Commit("Say what proof takes");
        var before = shop.Head;
        return (shop, before, Shop.Change(shop));
    }

    /// <summary>Three instances of each version, every one of which fails now and then: in one of so many minutes.</summary>
    public static async Task SendAsync(ServerUnderTest server, string before, string after, int hours, int everyMinutes, int beforeFails, int afterFails)
    {
        var last = Minute(TimeProvider.System.GetUtcNow()).AddMinutes(-10);
        var minutes = Enumerable.Range(0, hours * 60 / everyMinutes).Select(i => (I: i, At: last.AddMinutes(-i * everyMinutes))).ToList();
        var metrics = new ProbeMetrics();
        for (var instance = 0; instance < 3; instance++)
        {
            // Which minutes are bad is scattered by a multiplier, the same in every run.
            var salt = instance;
            metrics.Add(before, $"b{instance}", minutes.Select(minute => (minute.At, 100, IsBad(minute.I, salt, beforeFails) ? 2 : 0)));
            metrics.Add(after, $"c{instance}", minutes.Select(minute => (minute.At, 100, IsBad(minute.I, salt + 7, afterFails) ? 2 : 0)));
        }

        await server.SendOtlpAsync("/v1/metrics", metrics.ToJson());
    }

    public static bool IsBad(int minute, int salt, int oneIn) => new Random((minute * 31) + salt).Next(oneIn) == 0;

    public static DateTimeOffset Minute(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    public static async Task<ChangeDetail> ChangeAsync(ServerUnderTest server, string sha, Predicate<ChangeDetail> awaited)
    {
        // Changes are judged when a minute closes.
        server.Time.Skip(TimeSpan.FromMinutes(1));
        var list = await server.GetOnceAsync<ChangeList>("/api/changes", changes => changes.Changes.Any(change => change.Sha == sha));
        var change = list.Changes.First(change => change.Sha == sha);
        return await server.GetOnceAsync($"/api/changes/{change.Repository}/{change.Id}", awaited);
    }
}
