using System.Globalization;
using Airworthy.Model;
using Airworthy.Telemetry.Releases;

namespace Airworthy.Storage;

/// <summary>Keeps which version of a service came when.</summary>
internal sealed class ReleaseStore(Database database) : IReleaseStore
{
    /// <summary>How long a rollback waits for commits that are not there.</summary>
    private static readonly TimeSpan s_openFor = TimeSpan.FromDays(30);

    private const string Told = "SELECT id AS Id, service AS Service, environment AS Environment, version AS Version, kind AS Kind, at AS At, source AS Source FROM releases";

    public Task<int> AddAsync(IReadOnlyCollection<Release> releases, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            var added = 0;
            foreach (var release in releases)
            {
                var version = ModelJson.Write(release.Version);
                var at = release.At.ToMicroseconds();
                added += await transaction.RunAsync(
                    """
                    INSERT INTO releases (id, service, environment, version, kind, at, source, is_open)
                    VALUES (@id, @Service, @Environment, @version, @kind, @at, @Source, @open) ON CONFLICT (id) DO NOTHING
                    """,
                    new
                    {
                        id = Digest.Of(release.Service, release.Environment, version, release.Kind.ToString(), at.ToString(CultureInfo.InvariantCulture)),
                        release.Service,
                        release.Environment,
                        version,
                        kind = release.Kind.ToString(),
                        at,
                        release.Source,
                        open = release.Kind == ReleaseKind.RolledBack ? 1L : 0L,
                    });
            }

            return added;
        },
        cancel);

    public async Task<IReadOnlyList<Release>> ListAsync(string? service, int limit, CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<Row>(
            $"""
            SELECT * FROM (
              {Told}
              UNION ALL
              SELECT digest, service, environment, version, '{nameof(ReleaseKind.FirstSeen)}', first_seen, 'telemetry' FROM arrivals
            ) told {(service is null ? "" : "WHERE Service = @service")} ORDER BY At DESC, Id LIMIT @limit
            """,
            new { service, limit },
            cancel)).Select(row => row.ToRelease()),
    ];

    public async Task<IReadOnlyList<StoredRelease>> OpenRollbacksAsync(int limit, CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<Row>(
            $"{Told} WHERE is_open = 1 AND at > @since ORDER BY at DESC, id LIMIT @limit",
            new { limit, since = (database.Time.GetUtcNow() - s_openFor).ToMicroseconds() },
            cancel)).Select(row => new StoredRelease(row.Id, row.ToRelease())),
    ];

    public Task CloseAsync(string id, CancellationToken cancel) =>
        database.WriteAsync(transaction => transaction.RunAsync("UPDATE releases SET is_open = 0 WHERE id = @id", new { id }), cancel);

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Service { get; init; }

        public required string Environment { get; init; }

        public required string Version { get; init; }

        public required string Kind { get; init; }

        public long At { get; init; }

        public required string Source { get; init; }

        public Release ToRelease() => new(
            Service, Environment, ModelJson.Read<ReportedVersion>(Version), Enum.Parse<ReleaseKind>(Kind), Instant.FromMicroseconds(At), Source);
    }
}
