using System.Collections.Immutable;
using Airworthy.Incidents;
using Airworthy.Model;

namespace Airworthy.Storage;

/// <summary>Keeps incidents, their episodes, and every answer they got.</summary>
internal sealed class IncidentStore(Database database) : IIncidentStore
{
    private const string Position = "incident-position";
    private const int MostAnswers = 50;

    private const string Columns = """
        SELECT id AS Id, fingerprint AS Fingerprint, title AS Title, service AS Service, environment AS Environment, source AS Source,
               first_seen AS FirstSeen, last_seen AS LastSeen, episodes AS Episodes, versions AS Versions, stack AS Stack, status AS Status,
               repository AS Repository, attribution AS Attribution, resolved_at AS ResolvedAt, resolution AS Resolution, returns AS Returns, asked AS Asked
        FROM incidents
        """;

    public async Task<long> PositionAsync(CancellationToken cancel) =>
        (await database.ReadAsync<long>("SELECT value FROM markers WHERE name = @Position", new { Position }, cancel))[0];

    public async Task<Incident?> FindAsync(string service, string environment, string fingerprint, CancellationToken cancel) =>
        await FirstAsync("WHERE identity = @identity", new { identity = Digest.Of(service, environment, fingerprint) }, cancel);

    public Task RecordEpisodeAsync(long sequence, Incident incident, string episodeKey, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            await MoveAsync(transaction, sequence);

            // Another node may have opened the same incident under another id a moment ago: the first one stays.
            var identity = Digest.Of(incident.Service, incident.Environment, incident.Fingerprint);
            var id = await transaction.OneAsync<string>("SELECT id FROM incidents WHERE identity = @identity", new { identity })
                ?? incident.Id.Value;
            await transaction.RunAsync(
                """
                INSERT INTO incidents (id, identity, fingerprint, title, service, environment, source, first_seen, last_seen, episodes,
                                       versions, stack, status, repository, attribution, answered, resolved_at, resolution, returns)
                VALUES (@id, @identity, @Fingerprint, @Title, @Service, @Environment, @Source, @first, @last, 0,
                        @versions, @Stack, @status, @Repository, @attribution, @answered, @resolvedAt, @Resolution, @Returns)
                ON CONFLICT (id) DO UPDATE SET
                  title = excluded.title, source = excluded.source, first_seen = excluded.first_seen, last_seen = excluded.last_seen,
                  versions = excluded.versions, stack = excluded.stack, status = excluded.status,
                  resolved_at = excluded.resolved_at, resolution = excluded.resolution, returns = excluded.returns,
                  repository = COALESCE(incidents.repository, excluded.repository)
                """,
                new
                {
                    id,
                    identity,
                    incident.Fingerprint,
                    incident.Title,
                    incident.Service,
                    incident.Environment,
                    incident.Source,
                    first = incident.FirstSeen.ToMicroseconds(),
                    last = incident.LastSeen.ToMicroseconds(),
                    versions = ModelJson.Write(incident.Versions),
                    incident.Stack,
                    status = incident.Status.ToString(),
                    incident.Repository,
                    attribution = incident.Attribution is { } answer ? ModelJson.Write(answer) : null,
                    answered = Answered(incident.Attribution),
                    resolvedAt = incident.ResolvedAt?.ToMicroseconds(),
                    incident.Resolution,
                    incident.Returns,
                });
            var added = await transaction.RunAsync(
                "INSERT INTO episodes (incident, episode) VALUES (@id, @episode) ON CONFLICT (incident, episode) DO NOTHING",
                new { id, episode = Digest.Of(episodeKey) });
            await transaction.RunAsync("UPDATE incidents SET episodes = episodes + @added WHERE id = @id", new { id, added });
        },
        cancel);

    public Task ResolveAsync(Incident incident, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.RunAsync(
            "UPDATE incidents SET status = @status, resolved_at = @at, resolution = @Resolution WHERE id = @id AND last_seen = @seen",
            new
            {
                id = incident.Id.Value,
                status = incident.Status.ToString(),
                at = incident.ResolvedAt?.ToMicroseconds(),
                incident.Resolution,
                seen = incident.LastSeen.ToMicroseconds(),
            }),
        cancel);

    public Task SkipAsync(long sequence, CancellationToken cancel) =>
        database.WriteAsync(transaction => MoveAsync(transaction, sequence), cancel);

    public Task AttributeAsync(Incident incident, string? repository, Attribution attribution, CancellationToken cancel)
    {
        var at = database.Time.GetUtcNow().ToMicroseconds();
        return database.WriteAsync(
            async transaction =>
            {
                var answer = new
                {
                    sequence = await transaction.ReserveAsync("attribution", 1),
                    id = incident.Id.Value,
                    incident.Asked,
                    repository,
                    attribution = ModelJson.Write(attribution),
                    answered = Answered(attribution),
                    at,
                };
                await transaction.RunAsync(
                    """
                    INSERT INTO attributions (sequence, incident, repository, attribution, answered_at)
                    VALUES (@sequence, @id, @repository, @attribution, @at)
                    """,
                    answer);
                await transaction.RunAsync(
                    """
                    UPDATE incidents SET attribution = @attribution, answered = CASE WHEN asked = @Asked THEN @answered ELSE 0 END,
                      repository = COALESCE(@repository, repository)
                    WHERE id = @id
                    """,
                    answer);
            },
            cancel);
    }

    public async Task<IReadOnlyList<StoredAnswer>> AnswersAsync(IncidentId id, CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<AnswerRow>(
            """
            SELECT answered_at AS AnsweredAt, repository AS Repository, attribution AS Attribution FROM attributions
            WHERE incident = @id ORDER BY sequence DESC LIMIT @MostAnswers
            """,
            new { id = id.Value, MostAnswers },
            cancel)).Select(row => new StoredAnswer(Instant.FromMicroseconds(row.AnsweredAt), row.Repository, ModelJson.Read<Attribution>(row.Attribution))),
    ];

    public async Task<Incident?> GetAsync(IncidentId id, CancellationToken cancel) =>
        await FirstAsync("WHERE id = @id", new { id = id.Value }, cancel);

    public Task<IReadOnlyList<Incident>> ListAsync(int limit, CancellationToken cancel) =>
        QueryAsync("ORDER BY last_seen DESC, id LIMIT @limit", new { limit }, cancel);

    public Task<IReadOnlyList<Incident>> UnansweredAsync(int limit, CancellationToken cancel) =>
        QueryAsync("WHERE answered = 0 ORDER BY last_seen DESC, id LIMIT @limit", new { limit }, cancel);

    public Task ProveAsync(IncidentId id, IncidentProof proof, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            await transaction.RunAsync(
                "INSERT INTO incident_proofs (incident, proof) VALUES (@id, @proof) ON CONFLICT (incident) DO UPDATE SET proof = excluded.proof",
                new { id = id.Value, proof = ModelJson.Write(proof) });
            await transaction.RunAsync("UPDATE incidents SET answered = 0, asked = asked + 1 WHERE id = @id", new { id = id.Value });
        },
        cancel);

    public async Task<IncidentProof?> ProofAsync(IncidentId id, CancellationToken cancel) =>
        await database.ReadAsync<string>("SELECT proof FROM incident_proofs WHERE incident = @id", new { id = id.Value }, cancel) is [var proof, ..]
            ? ModelJson.Read<IncidentProof>(proof)
            : null;

    /// <summary>An answer that failed only for want of the revision is none yet: the commit may still be fetched.</summary>
    private static long Answered(Attribution? attribution) =>
        attribution is null or { Verdict: AttributionVerdict.NotAttributable, Revision.Commit: null } ? 0 : 1;

    private static Task MoveAsync(System.Data.Common.DbTransaction transaction, long sequence) => transaction.RunAsync(
        "UPDATE markers SET value = @sequence WHERE name = @Position AND value < @sequence", new { Position, sequence });

    private async Task<Incident?> FirstAsync(string clause, object parameters, CancellationToken cancel) =>
        (await QueryAsync(clause, parameters, cancel)) is [var incident, ..] ? incident : null;

    private async Task<IReadOnlyList<Incident>> QueryAsync(string clause, object parameters, CancellationToken cancel) =>
        [.. (await database.ReadAsync<IncidentRow>($"{Columns} {clause}", parameters, cancel)).Select(row => row.ToIncident())];

    private sealed class AnswerRow
    {
        public long AnsweredAt { get; init; }

        public string? Repository { get; init; }

        public required string Attribution { get; init; }
    }

    private sealed class IncidentRow
    {
        public required string Id { get; init; }

        public required string Fingerprint { get; init; }

        public required string Title { get; init; }

        public required string Service { get; init; }

        public required string Environment { get; init; }

        public required string Source { get; init; }

        public long FirstSeen { get; init; }

        public long LastSeen { get; init; }

        public long Episodes { get; init; }

        public required string Versions { get; init; }

        public required string Stack { get; init; }

        public required string Status { get; init; }

        public string? Repository { get; init; }

        public string? Attribution { get; init; }

        public long? ResolvedAt { get; init; }

        public string? Resolution { get; init; }

        public long Returns { get; init; }

        public long Asked { get; init; }

        public Incident ToIncident() => new(
            new IncidentId(Id),
            Fingerprint,
            Title,
            Service,
            Environment,
            Source,
            Instant.FromMicroseconds(FirstSeen),
            Instant.FromMicroseconds(LastSeen),
            Episodes,
            ModelJson.Read<ImmutableArray<ReportedVersion>>(Versions),
            Stack,
            Enum.Parse<IncidentStatus>(Status),
            Repository,
            Attribution is null ? null : ModelJson.Read<Attribution>(Attribution))
        {
            ResolvedAt = ResolvedAt is { } at ? Instant.FromMicroseconds(at) : null,
            Resolution = Resolution,
            Returns = Returns,
            Asked = Asked,
        };
    }
}
