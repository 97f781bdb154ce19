using Airworthy.Probation;

namespace Airworthy.Bench.Probation;

/// <summary>A world to judge in.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Minutes">How long it is watched.</param>
/// <param name="ByWindow">True when instance-windows at risk are counted, false when calls are: what the judge is given where calls are not independent.</param>
/// <param name="Tolerated">Bad calls that a window may have.</param>
/// <param name="Run">What the instances do, minute by minute, when the change's odds of failing are a multiple of the baseline's.</param>
internal sealed record Setting(string Name, int Minutes, bool ByWindow, Func<long, long>? Tolerated, Func<Draw, double, IEnumerable<InstanceMinute[]>> Run)
{
    private const int Day = 1440;

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("independent calls, even split", Day, ByWindow: false, null, (draw, ratio) => Forever(_ => Calls(draw, ratio, 500, 500, 0.001))),
        new("independent calls, 1 % of the traffic", Day, ByWindow: false, null, (draw, ratio) => Forever(_ => Calls(draw, ratio, 100, 9_900, 0.001))),
        new("a ramp 1 to 50 %, errors drift 0.1 to 0.4 %", Day, ByWindow: false, null, Ramp),
        .. new[] { 2.0, 3.0, 10.0 }.Select(size => new Setting(
            FormattableString.Invariant($"bursts of {size} in one instance"), Day, ByWindow: true, null,
            (draw, ratio) => Instances(draw, 5, 5, 100, (_, hasChange) => Burst(draw, 0.02 * (hasChange ? ratio : 1), size)))),
        new("outages of all, 1 of 10 instances changed", Day, ByWindow: true, null, Outages),
        new("1 % of calls on 1 of 10 instances, outages", Day, ByWindow: true, null, FewCalls),
        new("slow calls in phases of 5 minutes", Day, ByWindow: true, calls => calls / 20, Phases),
    ];

    private static IEnumerable<InstanceMinute[]> Forever(Func<int, InstanceMinute[]> minute)
    {
        for (var i = 0; ; i++)
        {
            yield return minute(i);
        }
    }

    private static InstanceMinute[] Calls(Draw draw, double ratio, long change, long baseline, double rate) =>
    [
        new("change", HasChange: true, change, draw.Binomial(change, Odds(rate, ratio))),
        new("baseline", HasChange: false, baseline, draw.Binomial(baseline, rate)),
    ];

    private static IEnumerable<InstanceMinute[]> Ramp(Draw draw, double ratio) => Forever(i =>
    {
        var done = Math.Min(1, i / 600.0);
        var change = (long)(1_000 * (0.01 + (0.49 * done)));
        return Calls(draw, ratio, change, 1_000 - change, 0.001 + (0.003 * done));
    });

    private static IEnumerable<InstanceMinute[]> Instances(Draw draw, int changed, int others, long calls, Func<int, bool, long> bad) => Forever(_ =>
    [
        .. Enumerable.Range(0, changed + others).Select(i =>
            new InstanceMinute($"{i}", i < changed, calls, Math.Min(calls, bad(i, i < changed)))),
    ]);

    private static long Burst(Draw draw, double rate, double size) => Enumerable.Range(0, (int)draw.Poisson(rate)).Sum(_ => draw.Geometric(size));

    private static IEnumerable<InstanceMinute[]> Outages(Draw draw, double ratio)
    {
        var outage = 0;
        return Forever(_ =>
        {
            outage = outage > 0 ? outage - 1 : draw.Chance(1 / 180.0) ? 5 : 0;
            return
            [
                .. Enumerable.Range(0, 10).Select(i => new InstanceMinute(
                    $"{i}", i == 0, 100, (outage > 0 && draw.Chance(0.9) ? 30 : 0) + Burst(draw, 0.02 * (i == 0 ? ratio : 1), 3))),
            ];
        });
    }

    private static IEnumerable<InstanceMinute[]> FewCalls(Draw draw, double ratio)
    {
        var outage = 0;
        return Forever(_ =>
        {
            outage = outage > 0 ? outage - 1 : draw.Chance(1 / 180.0) ? 5 : 0;
            return
            [
                .. Enumerable.Range(0, 10).Select(i =>
                {
                    var calls = i == 0 ? 10 : 110;
                    return new InstanceMinute($"{i}", i == 0, calls, (outage > 0 ? calls / 3 : 0) + Burst(draw, 0.0002 * calls * (i == 0 ? ratio : 1), 3));
                }),
            ];
        });
    }

    /// <summary>Now and then an instance is slow for some minutes, and then a third of its calls.</summary>
    private static IEnumerable<InstanceMinute[]> Phases(Draw draw, double ratio)
    {
        var slow = new bool[10];
        return Forever(_ =>
        [
            .. Enumerable.Range(0, 10).Select(i =>
            {
                slow[i] = slow[i] ? !draw.Chance(0.2) : draw.Chance(0.01 * (i < 5 ? ratio : 1));
                return new InstanceMinute($"{i}", i < 5, 100, draw.Binomial(100, slow[i] ? 0.33 : 0.01));
            }),
        ]);
    }

    private static double Odds(double rate, double ratio)
    {
        var odds = rate / (1 - rate) * ratio;
        return odds / (1 + odds);
    }
}
