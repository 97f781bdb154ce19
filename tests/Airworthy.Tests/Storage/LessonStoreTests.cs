using Airworthy.Feedback;
using Airworthy.Model;
using Airworthy.Testing;
using Airworthy.Tests.Telemetry;
using Xunit;

namespace Airworthy.Tests.Storage;

public class LessonStoreTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Lessons_are_replaced_by_id_and_listed_newest_first(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var lessons = scratch.Store.Lessons;
        await lessons.SaveAsync(Learnt("l1", "shop", day: 1), Cancel);
        await lessons.SaveAsync(Learnt("l2", "shop", day: 2), Cancel);
        await lessons.SaveAsync(Learnt("l3", "till", day: 3), Cancel);
        await lessons.SaveAsync(Learnt("l1", "shop", day: 1) with { Recurrences = 4, Guard = null }, Cancel);

        await scratch.ReopenAsync();
        Assert.Equal(["l3", "l2", "l1"], (await scratch.Store.Lessons.ListAsync(null, Cancel)).Select(l => l.Id.Value));
        var ofShop = await scratch.Store.Lessons.ListAsync("shop", Cancel);
        Assert.Equivalent(Learnt("l2", "shop", day: 2), ofShop[0], strict: true);
        Assert.Equal((4, null), (ofShop[1].Recurrences, ofShop[1].Guard));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task An_incident_counts_once_and_a_lesson_keeps_who_took_it_on(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var lessons = scratch.Store.Lessons;
        var accepted = Learnt("l1", "shop", day: 1) with { State = LessonState.Accepted, Owner = "Ada", AcceptedAt = Sent.Noon.AddDays(2), GuardKind = GuardKind.Alert };
        var sighting = new LessonSighting(new IncidentId("i1"), "shop", "rounding", new RepoPath("src/Money/A.cs"), Sent.Noon);
        await lessons.SaveAsync(accepted, Cancel);
        await lessons.SightAsync(sighting, Cancel);
        await lessons.SightAsync(sighting with { FailureClass = "null-dereference" }, Cancel);
        await lessons.SightAsync(sighting with { Incident = new IncidentId("i2"), Path = null, SeenAt = Sent.Noon.AddDays(-1) }, Cancel);
        await lessons.SightAsync(sighting with { Incident = new IncidentId("i3"), Repository = "till" }, Cancel);

        await scratch.ReopenAsync();
        Assert.Equivalent(accepted, Assert.Single(await scratch.Store.Lessons.ListAsync("shop", Cancel)), strict: true);
        var seen = await scratch.Store.Lessons.SightingsAsync("shop", Cancel);
        Assert.Equal([("i2", "rounding"), ("i1", "null-dereference")], seen.Select(one => (one.Incident.Value, one.FailureClass)));
        Assert.Equal(3, (await scratch.Store.Lessons.SightingsAsync(null, Cancel)).Count);
    }

    private static Lesson Learnt(string id, string repository, int day) => new(
        new LessonId(id),
        "culture-dependent-parse",
        ["src/Money/**", "src/Refunds.cs"],
        "Parse numbers with the invariant culture.",
        "Shop.Tests.Refunds_under_comma_decimals",
        new IncidentId("i1"),
        new ChangeId("c1"),
        repository,
        Sent.Noon.AddDays(day),
        Sent.Noon.AddDays(day + 180),
        Recurrences: 0);
}
