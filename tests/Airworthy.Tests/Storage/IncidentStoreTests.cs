using Airworthy.Model;
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
        await incidents.RecordEpisodeAsync(1, Broken("i1"), "trace-1", Cancel);
        await incidents.RecordEpisodeAsync(2, Broken("i1") with { Episodes = 99, LastSeen = Sent.Noon.AddHours(1) }, "trace-1", Cancel);
        await incidents.RecordEpisodeAsync(3, Broken("i1") with { LastSeen = Sent.Noon.AddHours(2) }, "trace-2", Cancel);

        await scratch.ReopenAsync();
        var found = await scratch.Store.Incidents.FindAsync("shop", "production", "f1", Cancel);
        Assert.Equivalent(Broken("i1") with { Episodes = 2, LastSeen = Sent.Noon.AddHours(2) }, found, strict: true);
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
        await incidents.RecordEpisodeAsync(1, Broken("first"), "trace-1", Cancel);
        await incidents.RecordEpisodeAsync(2, Broken("second"), "trace-2", Cancel);

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
        await incidents.RecordEpisodeAsync(1, Broken("i1"), "trace-1", Cancel);
        await incidents.AttributeAsync(new IncidentId("i1"), "shop-repo", Answer(), Cancel);
        await incidents.RecordEpisodeAsync(2, Broken("i1"), "trace-2", Cancel);

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
            await incidents.RecordEpisodeAsync(1, Broken(id) with { Fingerprint = id }, "trace", Cancel);
        }

        var nowhere = new Attribution(AttributionVerdict.NotAttributable, "revision not known", 0, new DeployedRevision(null, null, false), [], []);
        await incidents.AttributeAsync(new IncidentId("unknown-revision"), null, nowhere, Cancel);
        await incidents.AttributeAsync(
            new IncidentId("dependency"), "shop", nowhere with { Revision = new DeployedRevision(s_commit, RevisionSource.HeadRevision, false) }, Cancel);
        await incidents.AttributeAsync(new IncidentId("known"), "shop", Answer(), Cancel);

        Assert.Equal(
            ["never", "unknown-revision"], (await incidents.UnansweredAsync(10, Cancel)).Select(i => i.Id.Value).Order(StringComparer.Ordinal));
        await incidents.AttributeAsync(new IncidentId("unknown-revision"), "shop", Answer(), Cancel);
        Assert.Equal("never", Assert.Single(await incidents.UnansweredAsync(10, Cancel)).Id.Value);
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
            await incidents.RecordEpisodeAsync(i, Broken($"i{i}") with { Fingerprint = $"{i}", LastSeen = at }, "trace", Cancel);
        }

        var listed = await incidents.ListAsync(3, Cancel);
        Assert.Equal([3, 2, 1], listed.Select(i => i.LastSeen.Minute));
    }

    private static Incident Broken(string id) => new(
        new IncidentId(id),
        "f1",
        "System.FormatException: not a number",
        "shop",
        "production",
        "otlp",
        Sent.Noon,
        Sent.Noon,
        Episodes: 0,
        [Sent.Version],
        "System.FormatException: not a number\n   at Shop.Orders.Place()",
        IncidentStatus.Open,
        Repository: null,
        Attribution: null);

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
