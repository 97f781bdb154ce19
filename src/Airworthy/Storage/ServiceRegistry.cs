using Airworthy.Telemetry;

namespace Airworthy.Storage;

/// <summary>Keeps repositories and the services that run their code.</summary>
internal sealed class ServiceRegistry(Database database) : IServiceRegistry
{
    public Task AddRepositoryAsync(RegisteredRepository repository, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.RunAsync(
            """
            INSERT INTO repositories (name, location, origin) VALUES (@Name, @Location, @Origin)
            ON CONFLICT (name) DO UPDATE SET location = excluded.location, origin = excluded.origin
            """,
            repository),
        cancel);

    public Task<IReadOnlyList<RegisteredRepository>> RepositoriesAsync(CancellationToken cancel) => database.ReadAsync<RegisteredRepository>(
        "SELECT name AS Name, location AS Location, origin AS Origin FROM repositories ORDER BY name", null, cancel);

    public Task ClaimAsync(ServiceClaim claim, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.RunAsync(
            """
            INSERT INTO service_claims (service, repository, confirmed) VALUES (@Service, @Repository, @confirmed)
            ON CONFLICT (service, repository) DO UPDATE SET
              confirmed = CASE WHEN excluded.confirmed > service_claims.confirmed THEN excluded.confirmed ELSE service_claims.confirmed END
            """,
            new { claim.Service, claim.Repository, confirmed = claim.Confirmed ? 1L : 0L }),
        cancel);

    public async Task<IReadOnlyList<ServiceClaim>> ClaimsAsync(CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<ClaimRow>(
            "SELECT service AS Service, repository AS Repository, confirmed AS Confirmed FROM service_claims ORDER BY service, repository",
            null,
            cancel)).Select(row => new ServiceClaim(row.Service, row.Repository, row.Confirmed != 0)),
    ];

    public Task MapAsync(string service, ServiceMapping mapping, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            await transaction.RunAsync(
                """
                INSERT INTO service_mappings (position, service, kind, told, means, before, mapped_at)
                VALUES (@position, @service, @kind, @Told, @Means, @Before, @at)
                """,
                new
                {
                    position = await transaction.ReserveAsync("mapping", 1),
                    service,
                    kind = mapping.Kind.ToString(),
                    mapping.Told,
                    mapping.Means,
                    mapping.Before,
                    at = mapping.At.ToMicroseconds(),
                });

            // What was answered by the old meaning is asked again; its old answers stay.
            await transaction.RunAsync("UPDATE incidents SET answered = 0, asked = asked + 1 WHERE service = @service", new { service });
        },
        cancel);

    public async Task<IReadOnlyList<ServiceMapping>> MappingsAsync(CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<MappingRow>(
            "SELECT service AS Service, kind AS Kind, told AS Told, means AS Means, before AS Before, mapped_at AS MappedAt FROM service_mappings ORDER BY position",
            null,
            cancel)).Select(row => new ServiceMapping(
                row.Service, Enum.Parse<ServiceMappingKind>(row.Kind), row.Told, row.Means, row.Before, Instant.FromMicroseconds(row.MappedAt))),
    ];

    private sealed class MappingRow
    {
        public required string Service { get; init; }

        public required string Kind { get; init; }

        public required string Told { get; init; }

        public required string Means { get; init; }

        public string? Before { get; init; }

        public long MappedAt { get; init; }
    }

    private sealed class ClaimRow
    {
        public required string Service { get; init; }

        public required string Repository { get; init; }

        public long Confirmed { get; init; }
    }
}
