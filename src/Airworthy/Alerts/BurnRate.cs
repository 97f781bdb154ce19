namespace Airworthy.Alerts;

/// <summary>
/// How fast a service burns what may fail: 1 is just as fast as its objective allows over its whole time. It burns too fast when a long and a short window both say so
/// (<i>The Site Reliability Workbook</i>, chapter 5): 14.4 times over an hour and five minutes, 2 % of a month's budget; or 6 times over six hours and thirty minutes, 5 %.
/// </summary>
public static class BurnRate
{
    /// <summary>The windows, and how many times the objective's rate is too fast.</summary>
    public static IReadOnlyList<(TimeSpan Long, TimeSpan Short, double Times)> Windows { get; } =
    [
        (TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 14.4),
        (TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), 6),
    ];

    /// <summary>Failures in the long window under which nothing is said: one of two calls at night is no fire.</summary>
    public const int FewestBad = 5;

    /// <summary>The rate; 0 of nothing.</summary>
    public static double Of(long calls, long bad, double target) => calls <= 0 ? 0 : (double)bad / calls / (1 - target);

    /// <summary>True when both windows burn too fast.</summary>
    public static bool IsTooFast((long Calls, long Bad) inLong, (long Calls, long Bad) inShort, double target, double times) =>
        inLong.Bad >= FewestBad && Of(inLong.Calls, inLong.Bad, target) >= times && Of(inShort.Calls, inShort.Bad, target) >= times;
}
