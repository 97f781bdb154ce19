using Airworthy.Probation;
using Airworthy.Statistics;

namespace Airworthy.Bench.Probation;

/// <summary>What others decide by, on the same minutes. Each looks every minute but Kayenta's rule, which looks every hour at that hour.</summary>
internal sealed class Peers
{
    private readonly List<(double Change, double Baseline)> _hour = [];
    private Tally _change;
    private Tally _baseline;

    public bool PooledTest { get; private set; }

    public bool RankTest { get; private set; }

    public bool FixedThreshold { get; private set; }

    public void Add(InstanceMinute[] minute)
    {
        var (change, baseline) = (Sum(minute, one => one == Side.Change), Sum(minute, one => one is Side.Baseline or Side.Off));
        (_change, _baseline) = (_change + change, _baseline + baseline);
        _hour.Add((Rate(change), Rate(baseline)));
        PooledTest |= Z() > 2.326;
        FixedThreshold |= _change.Calls >= 1_000 && Rate(_change) > 1.5 * Rate(_baseline) && _change.Bad >= 5;
        if (_hour.Count == 60)
        {
            RankTest |= Ranks() > 2.326;
            _hour.Clear();
        }
    }

    /// <summary>Slow calls count as failures do.</summary>
    private static Tally Sum(InstanceMinute[] minute, Func<Side, bool> side) =>
        minute.Where(one => side(one.Side)).Aggregate(default(Tally), (sum, one) => sum + new Tally(one.Calls, one.Timed > 0 ? Math.Max(one.OverMedian, one.OverTail) : one.Bad));

    private static double Rate(Tally tally) => tally.Calls == 0 ? 0 : (double)tally.Bad / tally.Calls;

    /// <summary>Two proportions pooled over time, one-sided at 1 %.</summary>
    private double Z()
    {
        var pooled = Rate(_change + _baseline);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / Math.Max(1, _change.Calls)) + (1.0 / Math.Max(1, _baseline.Calls))));
        return _change.Bad + _baseline.Bad < 5 || error == 0 ? 0 : (Rate(_change) - Rate(_baseline)) / error;
    }

    /// <summary>Mann and Whitney's test of 60 one-minute points, at 98 % two-sided, ties by their mean rank.</summary>
    private double Ranks()
    {
        var wins = 0.0;
        foreach (var (change, _) in _hour)
        {
            foreach (var (_, baseline) in _hour)
            {
                wins += change > baseline ? 1 : change == baseline ? 0.5 : 0;
            }
        }

        double n = _hour.Count;
        var ties = _hour.Select(point => point.Change).Concat(_hour.Select(point => point.Baseline)).GroupBy(rate => rate)
            .Sum(group => Math.Pow(group.Count(), 3) - group.Count());
        var variance = n * n / 12 * ((2 * n) + 1 - (ties / (2 * n * ((2 * n) - 1))));
        return variance <= 0 ? 0 : (wins - (n * n / 2)) / Math.Sqrt(variance);
    }
}
