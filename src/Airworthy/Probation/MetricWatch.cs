using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>
/// Follows one metric of one change on every route by which it can be judged: by lot, beside versions without it, before and after beside units that
/// nobody touched, and by itself. The weaker ones ask for <see cref="WeakerAsks"/> times the evidence, so that together they hardly add to the error.
/// </summary>
internal sealed class MetricWatch(Metric metric, ProbationTerms terms, int metrics, bool isFlagged)
{
    /// <summary>How many times the evidence a route asks for that is not the strongest there is.</summary>
    public const double WeakerAsks = 10;

    /// <summary>Bad windows without the change under which there is nothing to compare with.</summary>
    public const int FewestBadBefore = 5;

    private readonly Judge _lot = new(terms with { Ratio = metric.RatioOf(terms) }, metrics);
    private readonly Judge _concurrent = new(terms with { Ratio = metric.RatioOf(terms) }, metrics, isFlagged ? WeakerAsks : 1);
    private readonly TrendProcess _trend = new(metric.RatioOf(terms));
    private readonly EvidenceCourse _course = new();
    private readonly List<(string Traffic, WindowsAtRisk Windows)> _windows = [];
    private readonly double _weakerHarm = EProcess.Threshold(terms.Alpha / WeakerAsks / metrics);
    private readonly double _weakerNoHarm = EProcess.Threshold(terms.Alpha / WeakerAsks);
    private readonly DesignEffect<(string Traffic, string Instance, Side Side)>? _effect = metric.IsUsual ? new() : null;
    private RateProcess _rate = metric.RateOf(terms);
    private long _baselineBad;
    private long _withChange;

    public Metric Metric => metric;

    /// <summary>How its evidence went.</summary>
    public ImmutableArray<CoursePoint> Course => _course.Points;

    /// <summary>The natural logarithms of the evidence as they stand, by the strongest route that tells anything.</summary>
    public (double Harm, double NoHarm) Evidence => Compared.Telling > 0 ? Compared.Evidence : (_trend.Harm, _trend.NoHarm);

    /// <summary>How many strata told something on any route.</summary>
    public long Telling => _lot.Telling + _concurrent.Telling + _trend.BadAfter;

    public bool IsSettled => Verdict.Verdict != ProbationVerdict.Undecided;

    /// <summary>
    /// The evidence of harm of all routes together, as it stands: the mean of e-values is one.
    /// </summary>
    public double LogOfHarm
    {
        get
        {
            var (compared, trend) = (Compared.Evidence.Harm, _trend.Harm);
            var highest = Math.Max(compared, trend);
            return highest + Math.Log((Math.Exp(compared - highest) + Math.Exp(trend - highest)) / 2);
        }
    }

    /// <summary>True while the units without the change fail too seldom to compare with, wherever they ran.</summary>
    private bool IsSilent => metric.IsUsual ? Telling == 0 : _baselineBad < FewestBadBefore && _trend.BadBefore < FewestBadBefore;

    /// <summary>What a minute counts: less than one where minutes of an instance go together, as known before it; 0 while nothing tells how much they do.</summary>
    private double Weight => Effect is { } effect ? 1 / effect : 0;

    private double? Effect => _effect is null ? 1 : _effect.Factor;

    private Judge Compared => _lot.Telling > 0 ? _lot : _concurrent;

    private (ProbationVerdict Verdict, EvidenceGrade Grade) Verdict =>
        _lot.Verdict == ProbationVerdict.Suspect ? (ProbationVerdict.Suspect, EvidenceGrade.Randomised)
        : _concurrent.Verdict == ProbationVerdict.Suspect ? (ProbationVerdict.Suspect, EvidenceGrade.Concurrent)
        : _trend.Highest.Harm >= _weakerHarm ? (ProbationVerdict.Suspect, EvidenceGrade.BeforeAfter)
        : _lot.Verdict == ProbationVerdict.Proven ? (ProbationVerdict.Proven, EvidenceGrade.Randomised)
        : _concurrent.Verdict == ProbationVerdict.Proven ? (ProbationVerdict.Proven, EvidenceGrade.Concurrent)
        : _trend.Highest.NoHarm >= _weakerNoHarm ? (ProbationVerdict.Proven, EvidenceGrade.BeforeAfter)
        : IsSilent && _rate.LogE >= _weakerNoHarm ? (ProbationVerdict.Proven, EvidenceGrade.Absolute)
        : (ProbationVerdict.Undecided, Strongest);

    private EvidenceGrade Strongest =>
        _lot.Telling > 0 ? EvidenceGrade.Randomised
        : _concurrent.Telling > 0 ? EvidenceGrade.Concurrent
        : _trend.BadBefore >= FewestBadBefore ? EvidenceGrade.BeforeAfter
        : _withChange > 0 ? EvidenceGrade.Absolute
        : EvidenceGrade.None;

    /// <summary>Ends all episodes: a minute passed in which nothing ran.</summary>
    public void Pause() => _windows.ForEach(traffic => traffic.Windows.Of([]));

    public void Add(DateTimeOffset minute, ILookup<string, InstanceMinute> instances)
    {
        foreach (var traffic in instances.Select(group => group.Key).Where(key => !_windows.Exists(known => known.Traffic == key)).Order(StringComparer.Ordinal).ToList())
        {
            _windows.Add((traffic, new WindowsAtRisk(metric)));
        }

        // Of all its minutes, also those that follow a bad one: what lasts is no rare failure. By the median instances are slow together, and a minute counts once.
        var weight = Weight;
        var ran = instances.SelectMany(group => group).Where(one => one.Side == Side.Change).Select(metric.Of).Where(one => one.Calls > 0 || one.IsBad).ToList();
        _rate = ran.Count > 0 ? _rate.With(new Tally(ran.Count, ran.Count(one => one.IsBad)), _effect is null ? 1 : weight / ran.Count) : _rate;

        var interval = minute.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        for (var i = 0; i < _windows.Count; i++)
        {
            var windows = _windows[i].Windows.Of(instances[_windows[i].Traffic]);
            foreach (var (stratum, first) in WindowsAtRisk.Concurrent(windows))
            {
                _concurrent.Add(interval, stratum, weight, first);
                _baselineBad += stratum.Baseline.Bad;
                _withChange += stratum.Change.Calls;
            }

            // By windows each side counts by its calls, which says nothing of times that half of the calls are over.
            if (isFlagged && metric == Metric.Failures)
            {
                foreach (var stratum in _windows[i].Windows.Split(windows))
                {
                    _lot.Add(interval, stratum);
                }
            }

            foreach (var (load, isAfter, stratum) in WindowsAtRisk.BesideControls(windows))
            {
                _trend.Add((i * 64) + load, isAfter, stratum, weight);
            }

            if (_effect is not null)
            {
                foreach (var alike in WindowsAtRisk.Alike(windows))
                {
                    _effect.Add([.. alike.Select(window => ((_windows[i].Traffic, window.Instance, window.Side), window.IsBad))]);
                }
            }
        }

        _effect?.Step();

        _course.Mark(minute, Telling, Evidence);
    }

    public MetricStanding Conclude()
    {
        var (verdict, grade) = Verdict;
        var judged = (grade == EvidenceGrade.Randomised ? _lot : grade == EvidenceGrade.Concurrent ? _concurrent : Compared).Conclude();
        return grade switch
        {
            EvidenceGrade.BeforeAfter => new(metric, verdict, grade, judged, _trend.Harm, _trend.NoHarm, _weakerHarm, _weakerNoHarm, Effect),
            EvidenceGrade.Absolute => new(metric, verdict, grade, judged, 0, _rate.LogE, _weakerHarm, _weakerNoHarm, Effect),
            _ => new(metric, verdict, grade, judged, judged.Harm.LogE, judged.NoHarm.LogE, judged.HarmThreshold, judged.NoHarmThreshold, Effect),
        };
    }
}
