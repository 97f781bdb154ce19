using System.Collections.Immutable;
using System.Data.Common;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Durations;

namespace Airworthy.Storage;

/// <summary>The tables of what was counted: calls by place, minute and instance, how the counters of running processes stand, which statements ran.</summary>
internal sealed class CounterTables(ObservationKeys keys)
{
    /// <summary>Adds what a batch counted: as counts, as counters grew, and as histograms that hold every call.</summary>
    public async Task AddAsync(DbTransaction transaction, TelemetryBatch batch, DateTimeOffset now)
    {
        await AddAsync(
            transaction,
            [.. batch.Observations, .. await GrowthAsync(transaction, batch.Totals, now), .. await AddDurationsAsync(transaction, batch, now)]);
        await AddStatementsAsync(transaction, batch.Statements);
    }

    private async Task AddAsync(DbTransaction transaction, IEnumerable<Observation> observations)
    {
        // A batch counts many minutes under few keys: each key is looked up once.
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var observation in observations)
        {
            var digest = ObservationKeys.DigestOf(observation.Key);
            if (!ids.TryGetValue(digest, out var key))
            {
                ids.Add(digest, key = await keys.OfAsync(transaction, digest, observation.Key));
            }

            var minute = observation.Key.Minute.ToMicroseconds();
            await transaction.RunAsync(
                """
                INSERT INTO observations (key_id, minute, calls, bad, allocated_bytes) VALUES (@key, @minute, @Calls, @Bad, @AllocatedBytes)
                ON CONFLICT (key_id, minute) DO UPDATE SET calls = observations.calls + excluded.calls, bad = observations.bad + excluded.bad,
                  allocated_bytes = observations.allocated_bytes + excluded.allocated_bytes
                """,
                new { key, minute, observation.Calls, observation.Bad, observation.AllocatedBytes });
            foreach (var instance in observation.Instances)
            {
                await transaction.RunAsync(
                    """
                    INSERT INTO observation_instances (key_id, minute, instance, calls, bad) VALUES (@key, @minute, @Instance, @Calls, @Bad)
                    ON CONFLICT (key_id, minute, instance) DO UPDATE SET
                      calls = observation_instances.calls + excluded.calls, bad = observation_instances.bad + excluded.bad
                    """,
                    new { key, minute, instance.Instance, instance.Calls, instance.Bad });
            }
        }
    }

    /// <summary>What any process ever ran stays marked; a build with other probes begins anew.</summary>
    private async Task AddStatementsAsync(DbTransaction transaction, IEnumerable<StatementFlags> words)
    {
        foreach (var word in words)
        {
            var key = await keys.OfAsync(transaction, word.Key);
            await transaction.RunAsync(
                """
                INSERT INTO statement_flags (key_id, first_statement, lines, ran, minute) VALUES (@key, @First, @lines, @Ran, @minute)
                ON CONFLICT (key_id, first_statement) DO UPDATE SET
                  ran = CASE WHEN excluded.lines = statement_flags.lines THEN excluded.ran | statement_flags.ran ELSE excluded.ran END,
                  lines = excluded.lines,
                  minute = CASE WHEN excluded.minute > statement_flags.minute THEN excluded.minute ELSE statement_flags.minute END
                """,
                new { key, word.First, lines = string.Join(' ', word.Lines), word.Ran, minute = word.Key.Minute.ToMicroseconds() });
        }
    }

    /// <summary>What counters added since they were read last, and remembers where they stand.</summary>
    private static async Task<List<Observation>> GrowthAsync(DbTransaction transaction, IEnumerable<RunningTotal> totals, DateTimeOffset now)
    {
        var grown = new List<Observation>();
        foreach (var total in totals)
        {
            var at = total.At.ToMicroseconds();
            var before = await transaction.OneAsync<long?>("SELECT value FROM counters WHERE series = @Series", new { total.Series }) ?? 0;
            var isLater = await transaction.RunAsync(
                """
                INSERT INTO counters (series, value, read_at, arrived_at) VALUES (@Series, @Value, @at, @now)
                ON CONFLICT (series) DO UPDATE SET value = excluded.value, read_at = excluded.read_at, arrived_at = excluded.arrived_at
                WHERE counters.read_at < excluded.read_at
                """,
                new { total.Series, total.Value, at, now = now.ToMicroseconds() }) == 1;

            // One that stands lower than before began anew without saying so.
            var growth = !isLater ? 0 : total.Value >= before ? total.Value - before : total.Value;
            if (growth > 0)
            {
                grown.Add(total.Counts switch
                {
                    CountedThing.AllocatedBytes => new Observation(total.Key, 0, 0, []) { AllocatedBytes = growth },
                    CountedThing.Failures => Counted(total.Key, 0, growth, total.Instances),
                    _ => Counted(total.Key, growth, 0, total.Instances),
                });
            }
        }

        return grown;
    }

    /// <summary>Adds how long calls took. Gives the calls that histograms count which hold every call.</summary>
    private async Task<List<Observation>> AddDurationsAsync(DbTransaction transaction, TelemetryBatch batch, DateTimeOffset now)
    {
        var counted = new List<Observation>();
        foreach (var timed in batch.Durations)
        {
            await AddDurationsAsync(transaction, timed.Key, timed.Instance, timed.Durations);
        }

        foreach (var running in batch.RunningDurations)
        {
            var growth = await DurationTables.GrowthAsync(transaction, running, now);
            await AddDurationsAsync(transaction, running.Key, running.Instances is [var instance, ..] ? instance : "", growth);
            if (running.CountsCalls && growth.Calls > 0)
            {
                counted.Add(Counted(running.Key, growth.Calls, running.IsBad ? growth.Calls : 0, running.Instances));
            }
        }

        return counted;
    }

    private async Task AddDurationsAsync(DbTransaction transaction, ObservationKey key, string instance, DurationHistogram durations)
    {
        if (durations.Calls > 0)
        {
            await DurationTables.AddAsync(transaction, await keys.OfAsync(transaction, key), key.Minute.ToMicroseconds(), instance, durations);
        }
    }

    private static Observation Counted(ObservationKey key, long calls, long bad, ImmutableArray<string> instances) =>
        new(key, calls, bad, [.. instances.Select(instance => new InstanceCount(instance, calls, bad))]);
}
