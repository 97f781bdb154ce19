using System.Data.Common;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Storage;

/// <summary>Keeps changes, the commits each owns, and every step of their lives.</summary>
internal sealed class ChangeLedger(Database database) : IChangeLedger
{
    private readonly ChangeReader _reader = new(database);

    public Task TrackAsync(IReadOnlyCollection<TrackedChange> changes, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            foreach (var tracked in changes)
            {
                await TrackAsync(transaction, tracked);
            }
        },
        cancel);

    public Task<bool> MoveAsync(string repository, Transition transition, CancellationToken cancel) =>
        database.WriteAsync(transaction => MoveAsync(transaction, repository, transition), cancel);

    public Task<bool> DecideAsync(string repository, Transition transition, Decision? decision, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            if (!await MoveAsync(transaction, repository, transition))
            {
                return false;
            }

            var change = transition.Change.Value;
            await transaction.RunAsync("DELETE FROM decisions WHERE repository = @repository AND change = @change", new { repository, change });
            if (transition.To != ChangeState.Suspect)
            {
                await transaction.RunAsync("DELETE FROM switched_off WHERE repository = @repository AND change = @change", new { repository, change });
            }

            if (decision is not null)
            {
                await transaction.RunAsync(
                    """
                    INSERT INTO decisions (repository, change, state, decided_by, reason, decided_at, until)
                    VALUES (@repository, @change, @state, @By, @Reason, @at, @until)
                    """,
                    new
                    {
                        repository,
                        change,
                        state = decision.State.ToString(),
                        decision.By,
                        decision.Reason,
                        at = decision.At.ToMicroseconds(),
                        until = decision.Until.ToMicroseconds(),
                    });
            }

            return true;
        },
        cancel);

    public async Task<IReadOnlyList<(string Repository, Decision Decision)>> DecisionsAsync(CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<DecisionRow>(
            """
            SELECT repository AS Repository, change AS Change, state AS State, decided_by AS DecidedBy, reason AS Reason, decided_at AS DecidedAt, until AS Until
            FROM decisions ORDER BY repository, change
            """,
            new { },
            cancel)).Select(row => (row.Repository, row.ToDecision())),
    ];

    public Task<bool> SwitchOffAsync(string repository, ChangeId change, DateTimeOffset at, string reason, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            var switched = new { repository, change = change.Value, at = at.ToMicroseconds(), reason };
            if (await transaction.RunAsync(
                """
                INSERT INTO switched_off (repository, change, switched_at, reason) VALUES (@repository, @change, @at, @reason)
                ON CONFLICT (repository, change) DO NOTHING
                """,
                switched) == 0)
            {
                return false;
            }

            await Happenings.AddAsync(
                transaction,
                "change.switched-off",
                $"{repository}/{change}",
                switched.at,
                new { repository, change = change.Value, title = await TitleAsync(transaction, repository, change), reason });
            return true;
        },
        cancel);

    public Task<DateTimeOffset> RampAsync(string repository, string flag, double ramp, DateTimeOffset now, CancellationToken cancel) => database.WriteAsync(
        async transaction =>
        {
            await transaction.RunAsync(
                """
                INSERT INTO flag_ramps (repository, flag, ramp, since) VALUES (@repository, @flag, @ramp, @now)
                ON CONFLICT (repository, flag) DO UPDATE SET ramp = excluded.ramp, since = excluded.since WHERE flag_ramps.ramp <> excluded.ramp
                """,
                new { repository, flag, ramp = ramp.ToString("R", CultureInfo.InvariantCulture), now = now.ToMicroseconds() });
            return Instant.FromMicroseconds(await transaction.OneAsync<long>(
                "SELECT since FROM flag_ramps WHERE repository = @repository AND flag = @flag", new { repository, flag }));
        },
        cancel);

    public Task FreezeTimesAsync(string repository, ChangeId change, FrozenTimes times, DateTimeOffset now, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.RunAsync(
            """
            INSERT INTO frozen_times (repository, change, median, tail, calls, frozen_at) VALUES (@repository, @change, @Median, @Tail, @Calls, @now)
            ON CONFLICT (repository, change) DO NOTHING
            """,
            new { repository, change = change.Value, times.Median, times.Tail, times.Calls, now = now.ToMicroseconds() }),
        cancel);

    public async Task<IReadOnlyDictionary<ChangeId, FrozenTimes>> FrozenTimesAsync(string repository, CancellationToken cancel) =>
        (await database.ReadAsync<FrozenRow>(
            "SELECT change AS Change, median AS Median, tail AS Tail, calls AS Calls FROM frozen_times WHERE repository = @repository", new { repository }, cancel))
            .ToDictionary(row => new ChangeId(row.Change), row => new FrozenTimes(row.Median, row.Tail, row.Calls));

    public async Task<IReadOnlyList<SwitchedOff>> SwitchedOffAsync(CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<SwitchedRow>(
            "SELECT repository AS Repository, change AS Change, switched_at AS At, reason AS Reason FROM switched_off ORDER BY repository, change", new { }, cancel))
            .Select(row => new SwitchedOff(row.Repository, new ChangeId(row.Change), Instant.FromMicroseconds(row.At), row.Reason)),
    ];

    public async Task<TrackedChange?> GetAsync(string repository, ChangeId id, CancellationToken cancel) =>
        (await _reader.ReadAsync("WHERE repository = @repository AND id = @id", new { repository, id = id.Value }, cancel)) is [var change, ..]
            ? change
            : null;

    public Task<IReadOnlyList<TrackedChange>> ListAsync(string? repository, ChangeState? state, int limit, CancellationToken cancel)
    {
        var conditions = new List<string> { "1 = 1" };
        if (repository is not null)
        {
            conditions.Add("repository = @repository");
        }

        if (state is not null)
        {
            conditions.Add("state = @state");
        }

        return _reader.ReadAsync(
            $"""
            WHERE {string.Join(" AND ", conditions)}
            ORDER BY CASE WHEN state = @suspect THEN 0 ELSE 1 END, landed_at DESC, repository, id LIMIT @limit
            """,
            new { repository, state = state?.ToString(), suspect = nameof(ChangeState.Suspect), limit },
            cancel);
    }

    public async Task<IReadOnlyList<Transition>> TransitionsAsync(string repository, ChangeId id, CancellationToken cancel) =>
    [
        .. (await database.ReadAsync<TransitionRow>(
            """
            SELECT from_state AS FromState, to_state AS ToState, moved_at AS MovedAt, reason AS Reason, incident AS Incident,
                   policy_digest AS PolicyDigest
            FROM transitions WHERE repository = @repository AND change = @id ORDER BY position
            """,
            new { repository, id = id.Value },
            cancel)).Select(row => row.ToTransition(id)),
    ];

    private static async Task<bool> MoveAsync(DbTransaction transaction, string repository, Transition transition)
    {
        var step = new
        {
            repository,
            change = transition.Change.Value,
            from = transition.From?.ToString(),
            to = transition.To.ToString(),
            at = transition.At.ToMicroseconds(),
            transition.Reason,
            incident = transition.Incident?.Value,
            transition.PolicyDigest,
        };
        var moved = await transaction.RunAsync(
            transition.From is null
                ? """
                  UPDATE changes SET state = @to, since = @at WHERE repository = @repository AND id = @change
                    AND NOT EXISTS (SELECT 1 FROM transitions t WHERE t.repository = @repository AND t.change = @change)
                  """
                : "UPDATE changes SET state = @to, since = @at WHERE repository = @repository AND id = @change AND state = @from",
            step);
        if (moved == 0)
        {
            return false;
        }

        await transaction.RunAsync(
            """
            INSERT INTO transitions (repository, change, position, from_state, to_state, moved_at, reason, incident, policy_digest)
            SELECT @repository, @change, COUNT(*), @from, @to, @at, @Reason, @incident, @PolicyDigest
            FROM transitions WHERE repository = @repository AND change = @change
            """,
            step);

        // That a change landed tells nobody anything new, and a repository that is read first has thousands.
        if (transition.From is not null)
        {
            await Happenings.AddAsync(
                transaction,
                $"change.{Words.Of(transition.To)}",
                $"{repository}/{transition.Change}",
                step.at,
                new
                {
                    repository,
                    change = transition.Change.Value,
                    title = await TitleAsync(transaction, repository, transition.Change),
                    from = Words.Of(transition.From.Value),
                    to = Words.Of(transition.To),
                    transition.Reason,
                    step.incident,
                    transition.PolicyDigest,
                });
        }

        return true;
    }

    private static Task<string?> TitleAsync(DbTransaction transaction, string repository, ChangeId change) => transaction.OneAsync<string>(
        "SELECT title FROM changes WHERE repository = @repository AND id = @id", new { repository, id = change.Value });

    private static async Task TrackAsync(DbTransaction transaction, TrackedChange tracked)
    {
        var change = tracked.Change;
        var key = new { tracked.Repository, change = change.Id.Value };
        var known = (await transaction.ManyAsync<string>(
            "SELECT sha FROM change_commits WHERE repository = @Repository AND change = @change", key)).ToHashSet(StringComparer.Ordinal);
        var added = 0L;
        foreach (var commit in change.Commits)
        {
            if (known.Add(commit.Hex))
            {
                added++;
                await transaction.RunAsync(
                    "INSERT INTO change_commits (repository, change, sha, position) VALUES (@Repository, @change, @sha, @position)",
                    new { tracked.Repository, change = change.Id.Value, sha = commit.Hex, position = (long)known.Count });
            }
        }

        await transaction.RunAsync(
            """
            INSERT INTO changes (repository, id, title, landed, pull_request, landed_at, authorship, state, since)
            VALUES (@Repository, @id, @Title, @landed, @pullRequest, @landedAt, @authorship, @state, @since)
            ON CONFLICT (repository, id) DO UPDATE SET authorship = excluded.authorship, version = changes.version + 1
            WHERE changes.authorship <> excluded.authorship OR @added > 0
            """,
            new
            {
                tracked.Repository,
                id = change.Id.Value,
                change.Title,
                landed = change.Landed.Hex,
                pullRequest = (long?)change.PullRequest,
                landedAt = change.LandedAt.ToMicroseconds(),
                authorship = ModelJson.Write(tracked.Authorship),
                state = tracked.State.ToString(),
                since = tracked.Since.ToMicroseconds(),
                added,
            });
    }

    private sealed class DecisionRow
    {
        public required string Repository { get; init; }

        public required string Change { get; init; }

        public required string State { get; init; }

        public required string DecidedBy { get; init; }

        public required string Reason { get; init; }

        public long DecidedAt { get; init; }

        public long Until { get; init; }

        public Decision ToDecision() => new(
            new ChangeId(Change), Enum.Parse<ChangeState>(State), DecidedBy, Reason, Instant.FromMicroseconds(DecidedAt), Instant.FromMicroseconds(Until));
    }

    private sealed class FrozenRow
    {
        public required string Change { get; init; }

        public long Median { get; init; }

        public long Tail { get; init; }

        public long Calls { get; init; }
    }

    private sealed class SwitchedRow
    {
        public required string Repository { get; init; }

        public required string Change { get; init; }

        public long At { get; init; }

        public required string Reason { get; init; }
    }

    private sealed class TransitionRow
    {
        public string? FromState { get; init; }

        public required string ToState { get; init; }

        public long MovedAt { get; init; }

        public required string Reason { get; init; }

        public string? Incident { get; init; }

        public required string PolicyDigest { get; init; }

        public Transition ToTransition(ChangeId change) => new(
            change,
            FromState is null ? null : Enum.Parse<ChangeState>(FromState),
            Enum.Parse<ChangeState>(ToState),
            Instant.FromMicroseconds(MovedAt),
            Reason,
            Incident is null ? null : new IncidentId(Incident),
            PolicyDigest);
    }
}
