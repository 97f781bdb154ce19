namespace Airworthy.Storage;

/// <summary>
/// A lease on what only one of several servers on a database may do. It ends by itself, so that another goes on when its holder died. What is done under
/// it must bear being done twice: a holder that was held up may still be at it when the next one begins.
/// </summary>
public sealed class Lease
{
    private static readonly TimeSpan s_term = TimeSpan.FromSeconds(30);

    private readonly Database _database;
    private readonly string _name;
    private readonly string _holder = Guid.NewGuid().ToString("N");
    private DateTimeOffset _renew;

    internal Lease(Database database, string name) => (_database, _name) = (database, name);

    /// <summary>True when this process holds it now, taking or renewing it. Where the database is this process's alone it always does.</summary>
    public async Task<bool> HoldAsync(CancellationToken cancel)
    {
        var now = _database.Time.GetUtcNow();
        if (!_database.IsShared || now < _renew)
        {
            return true;
        }

        var held = await _database.WriteAsync(
            transaction => transaction.RunAsync(
                """
                INSERT INTO leases (name, holder, until) VALUES (@_name, @_holder, @until)
                ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
                WHERE leases.holder = excluded.holder OR leases.until < @now
                """,
                new { _name, _holder, now = now.ToMicroseconds(), until = (now + s_term).ToMicroseconds() }),
            cancel) == 1;
        _renew = held ? now + (s_term / 3) : default;
        return held;
    }

    /// <summary>Gives it up, so that another need not wait for its end.</summary>
    public async Task ReleaseAsync(CancellationToken cancel)
    {
        _renew = default;
        if (_database.IsShared)
        {
            await _database.WriteAsync(
                transaction => transaction.RunAsync("DELETE FROM leases WHERE name = @_name AND holder = @_holder", new { _name, _holder }), cancel);
        }
    }
}
