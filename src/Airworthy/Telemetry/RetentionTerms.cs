namespace Airworthy.Telemetry;

/// <summary>How long telemetry is kept, and how finely. What a change that is still judged may need is kept by the minute, whatever these say.</summary>
public sealed record RetentionTerms
{
    /// <summary>How long minutes are kept before they become hours. Long enough for a commit or a claim that comes late. The default value is 30 days.</summary>
    public TimeSpan Minutes { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long hours are kept before they become days. The default value is 180 days.</summary>
    public TimeSpan Hours { get; init; } = TimeSpan.FromDays(180);

    /// <summary>How long anything is kept. The default value is 400 days.</summary>
    public TimeSpan All { get; init; } = TimeSpan.FromDays(400);

    /// <summary>How long the texts of exceptions are kept once incidents were made of them. The default value is 90 days.</summary>
    public TimeSpan Exceptions { get; init; } = TimeSpan.FromDays(90);
}
