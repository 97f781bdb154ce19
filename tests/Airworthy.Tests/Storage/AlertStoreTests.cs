using System.Text.Json;
using Airworthy.Alerts;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Storage;

public class AlertStoreTests(PostgresCluster cluster)
{
    private static readonly DateTimeOffset s_noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, IReadOnlyCollection<string>> s_all = new(StringComparer.Ordinal) { ["ops"] = [] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task What_happened_is_dealt_once_to_each_target_that_wants_it_and_kept_until_it_arrived(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var targets = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal) { ["all"] = [], ["proofs"] = ["change.proven"] };
        await TrackAsync(scratch.Store.Changes, "c1");
        await scratch.Store.Alerts.DealAsync(targets, Cancel);
        Assert.True(await scratch.Store.Changes.MoveAsync("shop", Step(ChangeState.Experimental, ChangeState.Suspect), Cancel));
        Assert.False(await scratch.Store.Changes.MoveAsync("shop", Step(ChangeState.Experimental, ChangeState.Suspect), Cancel));

        await scratch.Store.Alerts.DealAsync(targets, Cancel);
        await scratch.ReopenAsync();
        var alerts = scratch.Store.Alerts;
        await alerts.DealAsync(targets, Cancel);
        var delivery = Assert.Single(await alerts.DueAsync("all", 10, Cancel));

        Assert.Equal(("all", "change.suspect", "shop/c1", 0), (delivery.Target, delivery.Happening.Type, delivery.Happening.Subject, delivery.Attempts));
        using var body = JsonDocument.Parse(delivery.Happening.Body);
        Assert.Equal(
            ("Add c1", "experimental", "suspect", "why", "p1"),
            (Text("title"), Text("from"), Text("to"), Text("reason"), Text("policyDigest")));

        Assert.Empty(await alerts.DueAsync("proofs", 10, Cancel));
        await alerts.DoneAsync(delivery, Cancel);
        Assert.Empty(await alerts.DueAsync("all", 10, Cancel));
        Assert.Equal(
            [new DeliverySummary("all", 0, 1, 0, 0, null), new DeliverySummary("proofs", 0, 0, 0, 0, null)], await alerts.SummariesAsync(Cancel));

        string? Text(string name) => body.RootElement.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task What_does_not_arrive_waits_is_given_up_in_the_end_and_can_be_tried_again(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var alerts = scratch.Store.Alerts;
        await alerts.DealAsync(s_all, Cancel);
        Assert.True(await alerts.BurnAsync("shop", "too fast", Cancel));
        Assert.False(await alerts.BurnAsync("shop", "still", Cancel));
        Assert.Equal(("shop", "too fast"), (await alerts.BurningAsync(Cancel)).Select(one => (one.Service, one.Reason)).Single());
        await alerts.DealAsync(s_all, Cancel);

        var delivery = Assert.Single(await alerts.DueAsync("ops", 10, Cancel));
        await alerts.FailedAsync(delivery, "answered 500", isFinal: false, Cancel);
        Assert.Empty(await alerts.DueAsync("ops", 10, Cancel));
        await alerts.FailedAsync(delivery with { Attempts = Delivery.MostAttempts - 1 }, "answered 503", isFinal: false, Cancel);
        Assert.Equal(new DeliverySummary("ops", 0, 0, 1, 0, "answered 503"), Assert.Single(await alerts.SummariesAsync(Cancel)));

        Assert.Equal(1, await alerts.RetryAsync("ops", Cancel));
        Assert.Equal(0, Assert.Single(await alerts.DueAsync("ops", 10, Cancel)).Attempts);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Nobody_is_told_of_what_is_silenced(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var alerts = scratch.Store.Alerts;
        await TrackAsync(scratch.Store.Changes, "c1");
        await alerts.DealAsync(s_all, Cancel);
        await alerts.SilenceAsync(new Silence("shop", "Ada", "We know", s_noon, s_noon.AddDays(1)), Cancel);
        await alerts.SilenceAsync(new Silence("till", "Ada", "It was", s_noon.AddDays(-2), s_noon.AddDays(-1)), Cancel);
        Assert.Equal("shop", Assert.Single(await alerts.SilencesAsync(Cancel)).Subject);

        await scratch.Store.Changes.MoveAsync("shop", Step(ChangeState.Experimental, ChangeState.Suspect), Cancel);
        await alerts.DealAsync(s_all, Cancel);
        Assert.Empty(await alerts.DueAsync("ops", 10, Cancel));
        Assert.Equal(1, Assert.Single(await alerts.SummariesAsync(Cancel)).Silenced);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_suspect_that_nobody_acknowledged_is_told_again_after_a_day(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var alerts = scratch.Store.Alerts;
        await TrackAsync(scratch.Store.Changes, "c1");
        await TrackAsync(scratch.Store.Changes, "c2");
        foreach (var id in new[] { "c1", "c2" })
        {
            await scratch.Store.Changes.MoveAsync("shop", Step(ChangeState.Experimental, ChangeState.Suspect) with { Change = new ChangeId(id) }, Cancel);
        }

        await alerts.AcknowledgeAsync(new Acknowledgement("shop", new ChangeId("c2"), "Ada", "I look at it", s_noon), Cancel);
        await alerts.DealAsync(s_all, Cancel);
        Assert.Empty(await alerts.DueAsync("ops", 10, Cancel));
        scratch.Time.Advance(TimeSpan.FromHours(25));
        await alerts.DealAsync(s_all, Cancel);
        await alerts.DealAsync(s_all, Cancel);
        var reminder = Assert.Single(await alerts.DueAsync("ops", 10, Cancel));
        Assert.Equal(("change.reminder", "shop/c1"), (reminder.Happening.Type, reminder.Happening.Subject));
        Assert.Equal("Ada", (await alerts.AcknowledgementAsync("shop", new ChangeId("c2"), Cancel))!.By);
        Assert.Null(await alerts.AcknowledgementAsync("shop", new ChangeId("c1"), Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Switched_off_a_change_stays_until_a_person_decides(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var ledger = scratch.Store.Changes;
        await TrackAsync(ledger, "c1");
        Assert.True(await ledger.SwitchOffAsync("shop", new ChangeId("c1"), s_noon, "over the fleet", Cancel));
        Assert.False(await ledger.SwitchOffAsync("shop", new ChangeId("c1"), s_noon, "again", Cancel));
        Assert.Equal(new SwitchedOff("shop", new ChangeId("c1"), s_noon, "over the fleet"), Assert.Single(await ledger.SwitchedOffAsync(Cancel)));

        await ledger.DecideAsync("shop", Step(ChangeState.Experimental, ChangeState.Experimental), decision: null, Cancel);
        Assert.Empty(await ledger.SwitchedOffAsync(Cancel));
    }

    private static Transition Step(ChangeState from, ChangeState to) => new(new ChangeId("c1"), from, to, s_noon, "why", Incident: null, "p1");

    private static Task TrackAsync(IChangeLedger ledger, string id)
    {
        var commit = CommitId.Parse(new string(id[1], 40));
        return ledger.TrackAsync(
            [new TrackedChange("shop", new Change(new ChangeId(id), $"Add {id}", commit, [commit], null, s_noon), Authorship.Unknown, ChangeState.Experimental, s_noon)],
            Cancel);
    }
}
