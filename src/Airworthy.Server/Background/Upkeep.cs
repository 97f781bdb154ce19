using Airworthy.Journeys.Probation;
using Airworthy.Model;
using Airworthy.Storage;
using Airworthy.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Airworthy.Server.Background;

/// <summary>Rolls old telemetry up every hour, apart from the loop that answers and judges. Of several servers on a database one does.</summary>
internal sealed partial class Upkeep(ServerOptions options, ProbationRound probation, ITelemetryUpkeep telemetry, Store store, ILogger<Upkeep> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lease = store.LeaseOn("upkeep");
        using var tick = new PeriodicTimer(s_every, options.Time);
        try
        {
            while (await tick.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    // Before the first round nobody knows which minutes are still needed.
                    if (probation.OpenPlaces is { } open && await lease.HoldAsync(stoppingToken))
                    {
                        await telemetry.RollUpAsync(options.Retention, open, stoppingToken);
                    }
                }
                catch (FaultException e)
                {
                    Delayed(logger, e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the rest is rolled up after the next start.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rolling up old telemetry is delayed: {Reason}")]
    private static partial void Delayed(ILogger logger, string reason);
}
