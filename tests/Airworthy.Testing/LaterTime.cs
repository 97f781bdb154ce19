namespace Airworthy.Testing;

/// <summary>The system's clock and timers, set ahead by a test instead of waited for.</summary>
public sealed class LaterTime : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    public void Skip(TimeSpan time) => _ahead += time;
}
