using System.Data.Common;
using Airworthy.Alerts;
using Airworthy.Model;

namespace Airworthy.Storage;

/// <summary>Keeps what happened and who was told of it.</summary>
internal sealed class AlertStore(Database database) : IAlertStore
{
    private const int MostDealt = 1_000;
    private const int LongestError = 300;
    private static readonly TimeSpan s_reminder = TimeSpan.FromDays(1);

    public Task DealAsync(IReadOnlyDictionary<string, IReadOnlyCollection<string>> targets, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            // The first statement makes other servers wait, so that two of them remind of one suspect once.
            await transaction.ReserveAsync("happening", 0);
            var now = database.Time.GetUtcNow().ToMicroseconds();
            await RemindAsync(transaction, now);
            foreach (var (target, types) in targets)
            {
                await DealAsync(transaction, target, types, now);
            }

            return true;
        },
        cancel);

    public async Task<IReadOnlyList<Delivery>> DueAsync(string target, int limit, CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<DeliveryRow>(
            """
            SELECT d.sequence AS Sequence, d.target AS Target, d.attempts AS Attempts, h.type AS Type, h.subject AS Subject, h.happened_at AS HappenedAt, h.body AS Body
            FROM deliveries d JOIN happenings h ON h.sequence = d.sequence
            WHERE d.target = @target AND d.state = 'open' AND d.next_at <= @now ORDER BY d.sequence LIMIT @limit
            """,
            new { target, now = database.Time.GetUtcNow().ToMicroseconds(), limit },
            cancel)).Select(row => new Delivery(
                new Happening(row.Sequence, row.Type, row.Subject, Instant.FromMicroseconds(row.HappenedAt), row.Body), row.Target, (int)row.Attempts)),
    ];

    public Task DoneAsync(Delivery delivery, CancellationToken cancel) => SetAsync(delivery, "done", nextAt: 0, error: null, cancel);

    public Task FailedAsync(Delivery delivery, string error, bool isFinal, CancellationToken cancel) => SetAsync(
        delivery,
        isFinal || delivery.Attempts + 1 >= Delivery.MostAttempts ? "dead" : "open",
        (database.Time.GetUtcNow() + delivery.Wait).ToMicroseconds(),
        error.Length <= LongestError ? error : error[..LongestError],
        cancel);

    public Task<int> RetryAsync(string target, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.RunAsync("UPDATE deliveries SET state = 'open', attempts = 0, next_at = 0 WHERE target = @target AND state = 'dead'", new { target }),
        cancel);

    public async Task<IReadOnlyList<DeliverySummary>> SummariesAsync(CancellationToken cancel)
    {
        var states = await database.ReadAsync<StateRow>(
            "SELECT target AS Target, state AS State, COUNT(*) AS Count, MAX(error) AS Error FROM deliveries GROUP BY target, state", new { }, cancel);
        var known = await database.ReadAsync<string>("SELECT name FROM webhook_targets ORDER BY name", new { }, cancel);
        return
        [
            .. known.Select(target => new DeliverySummary(
                target, Count(target, "open"), Count(target, "done"), Count(target, "dead"), Count(target, "silenced"),
                states.FirstOrDefault(row => row.Target == target && row.Error is not null)?.Error)),
        ];

        long Count(string target, string state) => states.FirstOrDefault(row => row.Target == target && row.State == state)?.Count ?? 0;
    }

    public Task AcknowledgeAsync(Acknowledgement acknowledgement, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.RunAsync(
            """
            INSERT INTO acknowledgements (repository, change, acknowledged_by, reason, acknowledged_at) VALUES (@Repository, @change, @By, @Reason, @at)
            ON CONFLICT (repository, change) DO UPDATE SET
              acknowledged_by = excluded.acknowledged_by, reason = excluded.reason, acknowledged_at = excluded.acknowledged_at
            """,
            new { acknowledgement.Repository, change = acknowledgement.Change.Value, acknowledgement.By, acknowledgement.Reason, at = acknowledgement.At.ToMicroseconds() }),
        cancel);

    public async Task<Acknowledgement?> AcknowledgementAsync(string repository, ChangeId change, CancellationToken cancel) =>
        (await database.ReadAsync<AcknowledgementRow>(
            """
            SELECT acknowledged_by AS By, reason AS Reason, acknowledged_at AS At FROM acknowledgements WHERE repository = @repository AND change = @change
            """,
            new { repository, change = change.Value },
            cancel)) is [var row, ..]
            ? new Acknowledgement(repository, change, row.By, row.Reason, Instant.FromMicroseconds(row.At))
            : null;

    public Task SilenceAsync(Silence silence, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.RunAsync(
            """
            INSERT INTO silences (subject, silenced_by, reason, silenced_at, until) VALUES (@Subject, @By, @Reason, @at, @until)
            ON CONFLICT (subject) DO UPDATE SET
              silenced_by = excluded.silenced_by, reason = excluded.reason, silenced_at = excluded.silenced_at, until = excluded.until
            """,
            new { silence.Subject, silence.By, silence.Reason, at = silence.At.ToMicroseconds(), until = silence.Until.ToMicroseconds() }),
        cancel);

    public async Task<IReadOnlyList<Silence>> SilencesAsync(CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<SilenceRow>(
            """
            SELECT subject AS Subject, silenced_by AS By, reason AS Reason, silenced_at AS At, until AS Until FROM silences WHERE until > @now ORDER BY until
            """,
            new { now = database.Time.GetUtcNow().ToMicroseconds() },
            cancel)).Select(row => new Silence(row.Subject, row.By, row.Reason, Instant.FromMicroseconds(row.At), Instant.FromMicroseconds(row.Until))),
    ];

    public Task<bool> BurnAsync(string service, string? reason, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            var now = database.Time.GetUtcNow().ToMicroseconds();
            var changed = reason is null
                ? await transaction.RunAsync("DELETE FROM burning WHERE service = @service", new { service })
                : await transaction.RunAsync(
                    "INSERT INTO burning (service, since, reason) VALUES (@service, @now, @reason) ON CONFLICT (service) DO NOTHING", new { service, now, reason });
            if (changed > 0)
            {
                await Happenings.AddAsync(
                    transaction, reason is null ? "objective.recovered" : "objective.burning", service, now, new { service, reason });
            }

            return changed > 0;
        },
        cancel);

    public async Task<IReadOnlyList<(string Service, DateTimeOffset Since, string Reason)>> BurningAsync(CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<BurningRow>("SELECT service AS Service, since AS Since, reason AS Reason FROM burning ORDER BY service", new { }, cancel))
            .Select(row => (row.Service, Instant.FromMicroseconds(row.Since), row.Reason)),
    ];

    private static async Task DealAsync(DbTransaction transaction, string target, IReadOnlyCollection<string> types, long now)
    {
        // The row also makes nodes take turns: what one has dealt the other does not deal again.
        await transaction.RunAsync(
            "INSERT INTO webhook_targets (name, position) SELECT @target, value FROM markers WHERE name = 'happening' ON CONFLICT (name) DO NOTHING", new { target });
        await transaction.RunAsync("UPDATE webhook_targets SET position = position WHERE name = @target", new { target });
        var position = await transaction.OneAsync<long>("SELECT position FROM webhook_targets WHERE name = @target", new { target });
        var fresh = (await transaction.ManyAsync<FreshRow>(
            """
            SELECT h.sequence AS Sequence, h.type AS Type,
                   (SELECT COUNT(*) FROM silences s WHERE s.until > @now AND (s.subject = h.subject OR h.subject LIKE s.subject || '/%')) AS Silences
            FROM happenings h WHERE h.sequence > @position ORDER BY h.sequence LIMIT @limit
            """,
            new { position, now, limit = MostDealt })).ToList();
        foreach (var one in fresh.Where(one => types.Count == 0 || types.Contains(one.Type, StringComparer.Ordinal)))
        {
            await transaction.RunAsync(
                "INSERT INTO deliveries (sequence, target, state, attempts, next_at) VALUES (@Sequence, @target, @state, 0, @now)",
                new { one.Sequence, target, state = one.Silences > 0 ? "silenced" : "open", now });
        }

        if (fresh.Count > 0)
        {
            await transaction.RunAsync("UPDATE webhook_targets SET position = @last WHERE name = @target", new { target, last = fresh[^1].Sequence });
        }
    }

    private static async Task RemindAsync(DbTransaction transaction, long now)
    {
        var suspects = await transaction.ManyAsync<SuspectRow>(
            """
            SELECT c.repository AS Repository, c.id AS Id, c.title AS Title, c.since AS Since FROM changes c
            WHERE c.state = 'Suspect' AND c.since <= @before
              AND NOT EXISTS (SELECT 1 FROM acknowledgements a WHERE a.repository = c.repository AND a.change = c.id AND a.acknowledged_at >= c.since)
              AND NOT EXISTS (SELECT 1 FROM happenings h WHERE h.subject = c.repository || '/' || c.id AND h.happened_at > @before)
            """,
            new { before = now - (long)s_reminder.TotalMicroseconds });
        foreach (var suspect in suspects)
        {
            await Happenings.AddAsync(
                transaction,
                "change.reminder",
                $"{suspect.Repository}/{suspect.Id}",
                now,
                new { suspect.Repository, change = suspect.Id, suspect.Title, reason = "It is suspect, and nobody has acknowledged it.", since = Instant.FromMicroseconds(suspect.Since) });
        }
    }

    private Task SetAsync(Delivery delivery, string state, long nextAt, string? error, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.RunAsync(
            """
            UPDATE deliveries SET state = @state, attempts = attempts + 1, next_at = @nextAt, error = @error WHERE sequence = @Sequence AND target = @Target
            """,
            new { state, nextAt, error, delivery.Happening.Sequence, delivery.Target }),
        cancel);

    private sealed class DeliveryRow
    {
        public long Sequence { get; init; }

        public required string Target { get; init; }

        public long Attempts { get; init; }

        public required string Type { get; init; }

        public required string Subject { get; init; }

        public long HappenedAt { get; init; }

        public required string Body { get; init; }
    }

    private sealed class StateRow
    {
        public required string Target { get; init; }

        public required string State { get; init; }

        public long Count { get; init; }

        public string? Error { get; init; }
    }

    private sealed class AcknowledgementRow
    {
        public required string By { get; init; }

        public required string Reason { get; init; }

        public long At { get; init; }
    }

    private sealed class SilenceRow
    {
        public required string Subject { get; init; }

        public required string By { get; init; }

        public required string Reason { get; init; }

        public long At { get; init; }

        public long Until { get; init; }
    }

    private sealed class BurningRow
    {
        public required string Service { get; init; }

        public long Since { get; init; }

        public required string Reason { get; init; }
    }

    private sealed class FreshRow
    {
        public long Sequence { get; init; }

        public required string Type { get; init; }

        public long Silences { get; init; }
    }

    private sealed class SuspectRow
    {
        public required string Repository { get; init; }

        public required string Id { get; init; }

        public required string Title { get; init; }

        public long Since { get; init; }
    }
}
