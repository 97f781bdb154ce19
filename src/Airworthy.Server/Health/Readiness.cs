namespace Airworthy.Server.Health;

/// <summary>Whether the server may be sent work: its database is migrated and its repositories were read once.</summary>
internal sealed class Readiness
{
    private volatile string? _waitsFor = "the database";

    /// <summary>What is still waited for; null when ready.</summary>
    public string? WaitsFor => _waitsFor;

    public void WaitFor(string what) => _waitsFor = what;

    public void Ready() => _waitsFor = null;
}
