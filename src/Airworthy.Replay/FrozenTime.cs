namespace Airworthy.Replay;

/// <summary>The time of the recording, that does not go on.</summary>
internal sealed class FrozenTime(DateTimeOffset at) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => at;

    public override long GetTimestamp() => 0;
}
