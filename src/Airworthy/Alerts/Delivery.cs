namespace Airworthy.Alerts;

/// <summary>A happening that a target is to be told of.</summary>
/// <param name="Happening">What happened.</param>
/// <param name="Target">The target's name.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record Delivery(Happening Happening, string Target, int Attempts)
{
    /// <summary>Tries before it is given up: about nine hours.</summary>
    public const int MostAttempts = 15;

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <summary>How long to wait after a try that failed: twice as long each time, scattered by a tenth so that many do not come back at once.</summary>
    public TimeSpan Wait
    {
        get
        {
            var wait = s_first.TotalSeconds * Math.Pow(2, Math.Min(20, Attempts));
            var scatter = 1 + ((Happening.Sequence * 7919 % 100) / 1000.0);
            return TimeSpan.FromSeconds(Math.Min(wait, s_longest.TotalSeconds) * scatter);
        }
    }
}
