using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Testing;
using Airworthy.Tests.Telemetry;
using Xunit;

namespace Airworthy.Tests.Storage;

public class ChangeLedgerTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_change_tracked_again_keeps_its_state_and_gets_the_new_commits(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var ledger = scratch.Store.Changes;
        var first = Tracked("c1", Commit(1), Commit(2));
        await ledger.TrackAsync([first], Cancel);
        await ledger.MoveAsync("shop", Step("c1", ChangeState.Experimental, ChangeState.Suspect), Cancel);
        await ledger.TrackAsync([Tracked("c1", Commit(1), Commit(3), Commit(2))], Cancel);

        await scratch.ReopenAsync();
        var change = await scratch.Store.Changes.GetAsync("shop", new ChangeId("c1"), Cancel);
        Assert.Equal(ChangeState.Suspect, change!.State);
        Assert.Equal([Commit(1), Commit(2), Commit(3)], change.Change.Commits);
        Assert.Equal(first.Authorship.Agents, change.Authorship.Agents);
        Assert.Equal(7, change.Change.PullRequest);
        Assert.Null(await scratch.Store.Changes.GetAsync("till", new ChangeId("c1"), Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_step_from_a_state_that_has_passed_is_not_taken(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var ledger = scratch.Store.Changes;
        await ledger.TrackAsync([Tracked("c1", Commit(1))], Cancel);
        var steps = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            ledger.MoveAsync("shop", Step("c1", ChangeState.Experimental, ChangeState.Suspect), Cancel)));

        Assert.Single(steps, taken => taken);
        Assert.False(await ledger.MoveAsync("shop", Step("nobody", ChangeState.Experimental, ChangeState.Suspect), Cancel));
        Assert.Equal(
            Step("c1", ChangeState.Experimental, ChangeState.Suspect), Assert.Single(await ledger.TransitionsAsync("shop", new ChangeId("c1"), Cancel)));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task The_first_step_comes_from_nowhere_and_only_once(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var ledger = scratch.Store.Changes;
        await ledger.TrackAsync([Tracked("c1", Commit(1))], Cancel);
        Assert.True(await ledger.MoveAsync("shop", Step("c1", null, ChangeState.Experimental), Cancel));
        Assert.False(await ledger.MoveAsync("shop", Step("c1", null, ChangeState.Proven), Cancel));
        Assert.True(await ledger.MoveAsync("shop", Step("c1", ChangeState.Experimental, ChangeState.Withdrawn), Cancel));

        Assert.Equal(
            [ChangeState.Experimental, ChangeState.Withdrawn], (await ledger.TransitionsAsync("shop", new ChangeId("c1"), Cancel)).Select(t => t.To));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Suspects_come_first_then_what_landed_last(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var ledger = scratch.Store.Changes;
        await ledger.TrackAsync([.. Enumerable.Range(1, 4).Select(i => Tracked($"c{i}", Commit(i)))], Cancel);
        await ledger.TrackAsync([Tracked("other", Commit(9)) with { Repository = "till" }], Cancel);
        await ledger.MoveAsync("shop", Step("c2", ChangeState.Experimental, ChangeState.Suspect), Cancel);

        Assert.Equal(["c2", "c4", "c3", "c1"], (await ledger.ListAsync("shop", null, 10, Cancel)).Select(c => c.Change.Id.Value));
        Assert.Equal(["c4", "c3"], (await ledger.ListAsync("shop", ChangeState.Experimental, 2, Cancel)).Select(c => c.Change.Id.Value));
        Assert.Equal(5, (await ledger.ListAsync(null, null, 10, Cancel)).Count);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task What_was_read_once_is_read_again_when_it_grew_or_moved_also_by_another_server(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var ledger = scratch.Store.Changes;
        await ledger.TrackAsync([.. Enumerable.Range(1, 40).Select(i => Tracked($"c{i}", Commit(i)))], Cancel);
        Assert.Equal(40, (await ledger.ListAsync("shop", null, 100, Cancel)).Count);
        await using var another = backend == Backend.Postgres ? await scratch.OpenAnotherAsync() : null;
        var writer = another?.Changes ?? ledger;

        await writer.TrackAsync([Tracked("c1", Commit(1), Commit(77))], Cancel);
        await writer.TrackAsync([Tracked("c2", Commit(2)) with { Authorship = Authorship.Unknown }], Cancel);
        await writer.MoveAsync("shop", Step("c3", ChangeState.Experimental, ChangeState.Proven), Cancel);
        await writer.TrackAsync([Tracked("c41", Commit(41))], Cancel);

        var seen = (await ledger.ListAsync("shop", null, 100, Cancel)).ToDictionary(change => change.Change.Id.Value);
        Assert.Equal(41, seen.Count);
        Assert.Equal([Commit(1), Commit(77)], seen["c1"].Change.Commits);
        Assert.Equal(AuthorKind.Unknown, seen["c2"].Authorship.Kind);
        Assert.Equal(ChangeState.Proven, seen["c3"].State);
        Assert.Equal([Commit(41)], seen["c41"].Change.Commits);
        Assert.Equal(["c3"], (await ledger.ListAsync(null, ChangeState.Proven, 100, Cancel)).Select(change => change.Change.Id.Value));
        Assert.Equal([Commit(1), Commit(77)], (await ledger.GetAsync("shop", new ChangeId("c1"), Cancel))!.Change.Commits);
    }

    private static CommitId Commit(int number) => CommitId.Parse($"{number:x40}");

    private static TrackedChange Tracked(string id, params CommitId[] commits) => new(
        "shop",
        new Change(new ChangeId(id), "Add coupons", commits[0], [.. commits], 7, Sent.Noon.AddMinutes(commits[0].Hex[^1] - '0')),
        new Authorship(
            AuthorKind.Ai,
            [new Agent("claude-code", "opus", null)],
            [new Signal("trailer", "commit", SignalStrength.Strong, "Co-Authored-By: …", new Agent("claude-code"))],
            AuthorshipBasis.Commit),
        ChangeState.Experimental,
        Sent.Noon);

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_decision_and_its_step_are_stored_as_one_and_forgotten_as_one(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var ledger = scratch.Store.Changes;
        await ledger.TrackAsync([Tracked("c1", Commit(1))], Cancel);
        var decision = new Decision(new ChangeId("c1"), ChangeState.Proven, "Ada", "It's fine", Sent.Noon, Sent.Noon.AddDays(30));

        Assert.False(await ledger.DecideAsync("shop", Step("c1", ChangeState.Suspect, ChangeState.Proven), decision, Cancel));
        Assert.Empty(await ledger.DecisionsAsync(Cancel));
        Assert.True(await ledger.DecideAsync("shop", Step("c1", ChangeState.Experimental, ChangeState.Proven), decision, Cancel));
        var later = decision with { State = ChangeState.Withdrawn, By = "Grace" };
        Assert.True(await ledger.DecideAsync("shop", Step("c1", ChangeState.Proven, ChangeState.Withdrawn), later, Cancel));

        await scratch.ReopenAsync();
        ledger = scratch.Store.Changes;
        Assert.Equal([("shop", later)], await ledger.DecisionsAsync(Cancel));
        Assert.True(await ledger.DecideAsync("shop", Step("c1", ChangeState.Withdrawn, ChangeState.Experimental), decision: null, Cancel));
        Assert.Empty(await ledger.DecisionsAsync(Cancel));
        Assert.Equal(3, (await ledger.TransitionsAsync("shop", new ChangeId("c1"), Cancel)).Count);
    }

    private static Transition Step(string id, ChangeState? from, ChangeState to) =>
        new(new ChangeId(id), from, to, Sent.Noon, "an incident was attributed to it", new IncidentId("i1"), "default");
}
