namespace Airworthy.Telemetry;

/// <summary>Keeps stored telemetry from growing without end.</summary>
public interface ITelemetryUpkeep
{
    /// <summary>
    /// Makes hours of old minutes and days of old hours, and drops what is too old; sums stay the same. In small steps, between which telemetry is
    /// taken in as ever.
    /// </summary>
    /// <param name="terms">How long.</param>
    /// <param name="open">The places whose minutes are still needed: they are left as they are.</param>
    /// <param name="cancel">Ends it between two steps.</param>
    /// <returns>How many places it changed.</returns>
    Task<int> RollUpAsync(RetentionTerms terms, IReadOnlySet<long> open, CancellationToken cancel);
}
