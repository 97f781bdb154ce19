using Airworthy.Incidents;
using Airworthy.Model;
using Airworthy.Telemetry;
using Airworthy.Testing;
using Airworthy.Tests.Telemetry;
using Xunit;

namespace Airworthy.Tests.Storage;

public class IncidentStoreTests(PostgresCluster cluster)
{
    private static readonly CommitId s_commit = CommitId.Parse("0123456789abcdef0123456789abcdef01234567");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Episodes_are_counted_by_the_store_and_a_repeated_one_once(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var incidents = scratch.Store.Incidents;
        await incidents.RecordEpisodeAsync(1, Sent.Incident("i1"), "trace-1", Cancel);
        await incidents.RecordEpisodeAsync(2, Sent.Incident("i1") with { Episodes = 99, LastSeen = Sent.Noon.AddHours(1) }, "trace-1", Cancel);
        await incidents.RecordEpisodeAsync(3, Sent.Incident("i1") with { LastSeen = Sent.Noon.AddHours(2) }, "trace-2", Cancel);

        await scratch.ReopenAsync();
        var found = await scratch.Store.Incidents.FindAsync("shop", "production", "f1", Cancel);
        Assert.Equivalent(Sent.Incident("i1") with { Episodes = 2, LastSeen = Sent.Noon.AddHours(2) }, found, strict: true);
        Assert.Equal(3, await scratch.Store.Incidents.PositionAsync(Cancel));
        Assert.Null(await scratch.Store.Incidents.FindAsync("shop", "staging", "f1", Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task One_fingerprint_is_one_incident_whoever_opened_it_first(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var incidents = scratch.Store.Incidents;
        await incidents.RecordEpisodeAsync(1, Sent.Incident("first"), "trace-1", Cancel);
        await incidents.RecordEpisodeAsync(2, Sent.Incident("second"), "trace-2", Cancel);

        var only = Assert.Single(await incidents.ListAsync(10, Cancel));
        Assert.Equal(("first", 2L), (only.Id.Value, only.Episodes));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task The_position_never_goes_back(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var incidents = scratch.Store.Incidents;
        Assert.Equal(0, await incidents.PositionAsync(Cancel));
        await incidents.SkipAsync(7, Cancel);
        await incidents.SkipAsync(5, Cancel);
        Assert.Equal(7, await incidents.PositionAsync(Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task An_answer_stays_when_more_episodes_come(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var incidents = scratch.Store.Incidents;
        await incidents.RecordEpisodeAsync(1, Sent.Incident("i1"), "trace-1", Cancel);
        await incidents.AttributeAsync(Sent.Incident("i1"), "shop-repo", Answer(), Cancel);
        await incidents.RecordEpisodeAsync(2, Sent.Incident("i1"), "trace-2", Cancel);

        var incident = await incidents.GetAsync(new IncidentId("i1"), Cancel);
        Assert.Equal("shop-repo", incident!.Repository);
        Assert.Equivalent(Answer(), incident.Attribution, strict: true);
        Assert.Equal(s_commit, incident.Attribution!.Suspects[0].Commit);
        Assert.Equal(2, incident.Episodes);
        Assert.Null(await incidents.GetAsync(new IncidentId("nobody"), Cancel));
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task Only_a_missing_revision_leaves_an_incident_unanswered(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var incidents = scratch.Store.Incidents;
        foreach (var id in new[] { "never", "unknown-revision", "dependency", "known" })
        {
            await incidents.RecordEpisodeAsync(1, Sent.Incident(id) with { Fingerprint = id }, "trace", Cancel);
        }

        var nowhere = new Attribution(AttributionVerdict.NotAttributable, "revision not known", 0, new DeployedRevision(null, null, false), [], []);
        await incidents.AttributeAsync(Sent.Incident("unknown-revision"), null, nowhere, Cancel);
        await incidents.AttributeAsync(
            Sent.Incident("dependency"), "shop", nowhere with { Revision = new DeployedRevision(s_commit, RevisionSource.HeadRevision, false) }, Cancel);
        await incidents.AttributeAsync(Sent.Incident("known"), "shop", Answer(), Cancel);

        Assert.Equal(
            ["never", "unknown-revision"], (await incidents.UnansweredAsync(10, Cancel)).Select(i => i.Id.Value).Order(StringComparer.Ordinal));
        await incidents.AttributeAsync(Sent.Incident("unknown-revision"), "shop", Answer(), Cancel);
        Assert.Equal("never", Assert.Single(await incidents.UnansweredAsync(10, Cancel)).Id.Value);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task An_answer_that_was_sought_before_the_question_was_put_anew_does_not_end_it(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var incidents = scratch.Store.Incidents;
        await incidents.RecordEpisodeAsync(1, Sent.Incident("i1"), "trace-1", Cancel);
        var read = Assert.Single(await incidents.UnansweredAsync(10, Cancel));
        await scratch.Store.Services.MapAsync("shop", new ServiceMapping("shop", ServiceMappingKind.PathPrefix, "/ci", "src", null, Sent.Noon), Cancel);
        await incidents.AttributeAsync(read, "shop-repo", Answer(), Cancel);

        var again = Assert.Single(await incidents.UnansweredAsync(10, Cancel));
        await incidents.ProveAsync(again.Id, new IncidentProof(s_commit, s_commit, s_commit, "./check", 2, 2, 0, Sent.Noon), Cancel);
        await incidents.AttributeAsync(again, "shop-repo", Answer(), Cancel);
        await incidents.AttributeAsync(Assert.Single(await incidents.UnansweredAsync(10, Cancel)), "shop-repo", Answer(), Cancel);

        Assert.Empty(await incidents.UnansweredAsync(10, Cancel));
        Assert.Equal(3, (await incidents.AnswersAsync(again.Id, Cancel)).Count);
    }

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task The_incident_seen_last_comes_first(Backend backend)
    {
        await using var scratch = await ScratchStore.CreateAsync(backend, cluster);
        var incidents = scratch.Store.Incidents;
        for (var i = 0; i < 4; i++)
        {
            var at = Sent.Noon.AddMinutes(i * 7 % 4);
            await incidents.RecordEpisodeAsync(i, Sent.Incident($"i{i}") with { Fingerprint = $"{i}", LastSeen = at }, "trace", Cancel);
        }

        var listed = await incidents.ListAsync(3, Cancel);
        Assert.Equal([3, 2, 1], listed.Select(i => i.LastSeen.Minute));
    }

    private static Attribution Answer() => new(
        AttributionVerdict.Attributed,
        "one commit wrote the line that failed",
        0.9,
        new DeployedRevision(s_commit, RevisionSource.HeadRevision, Degraded: false),
        [
            new ResolvedFrame(
                new StackFrame("Shop.Orders.Place", "/_/src/Orders.cs", 12),
                RepoPath.FromBytes([.. "src/"u8, 0xFF, .. ".cs"u8]),
                12,
                new CodeUnit("csharp", "M:Shop.Orders.Place", "Orders.Place()", new RepoPath("src/Orders.cs"), new LineSpan(10, 20)),
                InApp: true),
        ],
        [
            new Suspect(
                s_commit,
                new ChangeId("c1"),
                SuspectRole.Caused,
                0.9,
                null,
                ["wrote line 12"],
                new Authorship(AuthorKind.Ai, [new Agent("claude-code", "opus", "s1")], [], AuthorshipBasis.Commit)),
        ]);
}
