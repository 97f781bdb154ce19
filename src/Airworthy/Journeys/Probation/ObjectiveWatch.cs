using System.Globalization;
using Airworthy.Alerts;
using Airworthy.Journeys.Repositories;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Probation;

/// <summary>
/// The brake that asks nothing of any change: a service that burns its error budget too fast is said to, and whoever rolls it out is told to stop. Counted are
/// the entries of the service (requests served, messages consumed), once a minute.
/// </summary>
public sealed class ObjectiveWatch(
    IServiceRegistry registry, RepositoryIndexer indexer, ITelemetryStore telemetry, IAlertStore alerts, ServerNews news, TimeProvider time)
{
    private DateTimeOffset _until;

    /// <summary>Looks at all objectives; does nothing within the same minute.</summary>
    public async Task LookAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var until = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        if (until == _until)
        {
            return;
        }

        var watched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var claim in (await registry.ClaimsAsync(cancel)).Where(claim => claim.Confirmed))
        {
            foreach (var objective in indexer.AtTip(claim.Repository)?.Policy.Objectives ?? [])
            {
                if (objective.Service == claim.Service && watched.Add(claim.Service)
                    && await alerts.BurnAsync(objective.Service, await TooFastAsync(objective.Service, objective.Target, until, cancel), cancel))
                {
                    news.Tell(new ServerEvent("service", objective.Service));
                }
            }
        }

        foreach (var (service, _, _) in await alerts.BurningAsync(cancel))
        {
            if (!watched.Contains(service))
            {
                // Its objective was taken back: nothing burns that nobody holds it to.
                await alerts.BurnAsync(service, reason: null, cancel);
            }
        }

        _until = until;
    }

    private async Task<string?> TooFastAsync(string service, double target, DateTimeOffset until, CancellationToken cancel)
    {
        foreach (var (inLong, inShort, times) in BurnRate.Windows)
        {
            var wide = await EntriesAsync(service, until - inLong, until, cancel);
            if (wide.Bad >= BurnRate.FewestBad && BurnRate.Of(wide.Calls, wide.Bad, target) >= times
                && BurnRate.IsTooFast(wide, await EntriesAsync(service, until - inShort, until, cancel), target, times))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{wide.Bad:N0} of {wide.Calls:N0} calls failed within {inLong.TotalHours:0} h: {BurnRate.Of(wide.Calls, wide.Bad, target):0.#} times what {target:0.#####%} allows, and still so in the last {inShort.TotalMinutes:0} min.");
            }
        }

        return null;
    }

    private async Task<(long Calls, long Bad)> EntriesAsync(string service, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        // A request that both a span and a metric tell of is one: of each kind the sum, and the larger of them.
        var entries = (await telemetry.TotalsAsync(service, from, to, cancel)).Where(total => total.Location is { Function: null, File: null });
        return entries
            .GroupBy(total => total.Source, StringComparer.Ordinal)
            .Select(source => (Calls: source.Sum(total => total.Calls), Bad: source.Sum(total => total.Bad)))
            .OrderByDescending(source => source.Calls)
            .FirstOrDefault();
    }
}
