using System.Data.Common;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Telemetry;

namespace Airworthy.Storage;

/// <summary>Numbers the places that observations come under; those there is no room for are one.</summary>
/// <param name="mostPlaces">Places of a service that are told apart; ten times as many at all.</param>
internal sealed class ObservationKeys(long mostPlaces)
{
    /// <summary>The operation, and where even services are too many the service, that all are counted under for which there is no room.</summary>
    public const string Overflow = "airworthy.overflow";

    private readonly RowBudget _places = new("observation_keys", mostPlaces, mostPlaces * 10);

    /// <summary>The number of a key, given it now when it is new.</summary>
    public Task<long> OfAsync(DbTransaction transaction, ObservationKey key) => OfAsync(transaction, DigestOf(key), key);

    public async Task<long> OfAsync(DbTransaction transaction, string digest, ObservationKey key)
    {
        if (await transaction.OneAsync<long?>("SELECT id FROM observation_keys WHERE digest = @digest", new { digest }) is { } known)
        {
            return known;
        }

        if (!await _places.TryTakeAsync(transaction, key.Service) && !IsOverflow(key))
        {
            var rest = OverflowOf(key, await transaction.OneAsync<long?>("SELECT id FROM observation_keys WHERE service = @Service LIMIT 1", new { key.Service }) is not null);
            return await OfAsync(transaction, rest);
        }

        var id = await transaction.ReserveAsync("observation-key", 1);
        await transaction.RunAsync(
            """
            INSERT INTO observation_keys (id, digest, service, environment, version, code_function, code_file, code_line, operation,
                                          flag_variant, instance_group, source, sampling)
            VALUES (@id, @digest, @Service, @Environment, @version, @Function, @File, @line, @Operation,
                    @FlagVariant, @InstanceGroup, @Source, @Sampling)
            """,
            new
            {
                id,
                digest,
                key.Service,
                key.Environment,
                version = ModelJson.Write(key.Version),
                key.Location.Function,
                key.Location.File,
                line = (long?)key.Location.Line,
                key.Location.Operation,
                key.FlagVariant,
                key.InstanceGroup,
                key.Source,
                key.Sampling,
            });
        return id;
    }

    private static bool IsOverflow(ObservationKey key) => key.Location.Operation == Overflow;

    /// <summary>What a place is counted under for which there is no room; of a service that has none yet not even its name is kept.</summary>
    private static ObservationKey OverflowOf(ObservationKey key, bool isServiceKnown) => new(
        isServiceKnown ? key.Service : Overflow, "", ReportedVersion.None, new ObservedLocation(null, null, null, Overflow), "", "", key.Source, "unknown", key.Minute);

    public static string DigestOf(ObservationKey key) => Digest.Of(
        key.Service,
        key.Environment,
        ModelJson.Write(key.Version),
        key.Location.Function,
        key.Location.File,
        key.Location.Line?.ToString(CultureInfo.InvariantCulture),
        key.Location.Operation,
        key.FlagVariant,
        key.InstanceGroup,
        key.Source,
        key.Sampling);
}
