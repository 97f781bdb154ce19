using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>Follows one change through production, minute by minute, and tells where it stands.</summary>
/// <param name="terms">What it is held to.</param>
/// <param name="isTimed">True when times of calls are judged too: thresholds were frozen before it shipped.</param>
/// <param name="isFlagged">True when a feature flag decides by lot which calls meet it.</param>
public sealed class ChangeWatch(ProbationTerms terms, bool isTimed = false, bool isFlagged = false)
{
    /// <summary>Instances counted; of more it is enough to know that there are as many.</summary>
    public const int MostInstances = 1_000;

    private const int MostTimes = 200;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly ImmutableArray<MetricWatch> _metrics = isTimed
        ? [.. Metric.All.Select(metric => new MetricWatch(metric, terms, Metric.All.Length, isFlagged))]
        : [new MetricWatch(Metric.Failures, terms, metrics: 1, isFlagged)];

    private readonly HashSet<string> _instances = new(StringComparer.Ordinal);
    private readonly List<TimesPoint> _times = [];
    private TimeSpan _span = TimeSpan.FromMinutes(10);
    private DateTimeOffset? _firstWithout;
    private DateTimeOffset? _firstRan;
    private DateTimeOffset? _lastRan;
    private long _bad;

    /// <summary>The last minute taken in; null before the first.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>Calls of its units with it.</summary>
    public long Calls { get; private set; }

    /// <summary>True when the evidence reached a threshold, whatever else is missing.</summary>
    public bool IsSettled => _metrics.Any(metric => metric.IsSettled);

    /// <summary>The natural logarithm of the evidence of harm of all metrics and routes together, as it stands.</summary>
    public double LogOfHarm => Math.Log(_metrics.Average(metric => Math.Exp(Math.Min(600, metric.LogOfHarm))));

    /// <summary>Takes in what instances did in one minute. Minutes come in their order, each once, when nothing more is expected of them.</summary>
    /// <param name="minute">The minute, UTC.</param>
    /// <param name="instances">The instances by the traffic they met: only those that met the same are compared.</param>
    public void Add(DateTimeOffset minute, ILookup<string, InstanceMinute> instances)
    {
        ArgumentNullException.ThrowIfNull(instances);
        foreach (var metric in _metrics)
        {
            if (Until is { } last && minute - last > s_minute)
            {
                metric.Pause();
            }

            metric.Add(minute, instances);
        }

        Until = minute;
        Time(minute, instances);
        foreach (var ran in instances.SelectMany(group => group).Where(instance => instance.Calls > 0))
        {
            if (ran.Side == Side.Baseline)
            {
                _firstWithout ??= minute;
            }
            else if (ran.Side is Side.Change or Side.Alone)
            {
                _firstRan ??= minute;
                _lastRan = minute;
                Calls += ran.Calls;
                _bad += ran.Bad;
                if (_instances.Count < MostInstances)
                {
                    _instances.Add(ran.Instance);
                }
            }
        }
    }

    /// <summary>Where it stands.</summary>
    /// <param name="neverRan">The lines of it that never ran, by file: a change is not proven by what did not happen. Null when nothing tells.</param>
    /// <param name="blocked">What forbids any verdict, such as traffic that is not split as configured; null when nothing does.</param>
    public Standing Conclude(IReadOnlyDictionary<string, IReadOnlyList<int>>? neverRan, string? blocked = null)
    {
        var metrics = _metrics.Select(metric => metric.Conclude()).ToImmutableArray();
        var isSuspect = blocked is null && metrics.Any(metric => metric.Verdict == ProbationVerdict.Suspect);
        var missing = isSuspect ? [] : Missing(metrics, neverRan, blocked);
        var verdict = isSuspect ? ProbationVerdict.Suspect
            : missing.IsEmpty && metrics.All(metric => metric.Verdict == ProbationVerdict.Proven) ? ProbationVerdict.Proven
            : ProbationVerdict.Undecided;
        return new Standing(verdict, metrics, _firstRan, _lastRan, _instances.Count, Calls, _bad, blocked is null ? LogOfHarm : 0, _metrics[Math.Max(0, metrics.IndexOf(metrics.FirstOrDefault(metric => metric.Verdict == ProbationVerdict.Suspect)!))].Course, [.. _times], missing);
    }

    /// <summary>Sums how many calls were slow, with it and without, over spans that grow with the time that is watched.</summary>
    private void Time(DateTimeOffset minute, ILookup<string, InstanceMinute> instances)
    {
        var point = instances.SelectMany(group => group).Aggregate(new TimesPoint(Begin(minute), default, default), (sum, one) => sum.With(one));
        if (point is { Change.Timed: 0, Baseline.Timed: 0 })
        {
            return;
        }

        if (_times.Count > 0 && _times[^1].At == point.At)
        {
            _times[^1] += point;
            return;
        }

        _times.Add(point);
        if (_times.Count > MostTimes)
        {
            _span *= 2;
            var sums = _times.GroupBy(one => Begin(one.At)).Select(span => span.Aggregate(new TimesPoint(span.Key, default, default), (sum, one) => sum + one)).ToList();
            _times.Clear();
            _times.AddRange(sums);
        }
    }

    private DateTimeOffset Begin(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % _span.Ticks), TimeSpan.Zero);

    private ImmutableArray<string> Missing(
        ImmutableArray<MetricStanding> metrics, IReadOnlyDictionary<string, IReadOnlyList<int>>? neverRan, string? blocked)
    {
        var missing = ImmutableArray.CreateBuilder<string>();
        if (_firstRan is not { } first)
        {
            return ["its units were not seen running on an instance that tells its id (service.instance.id), counted by probes or by spans of known sampling"];
        }

        if (blocked is not null)
        {
            missing.Add(blocked);
        }

        foreach (var metric in metrics.Where(metric => metric.Verdict == ProbationVerdict.Undecided))
        {
            missing.Add((metric.Metric == Metric.Failures ? "" : $"{metric.Metric.Name}: ") + StillNeeded(metric));
        }

        // A weaker grade asks for more time: what nothing ran beside must have met two weeks' worth of weather.
        var grade = metrics.Min(metric => metric.Grade);
        var (asked, why) = grade == EvidenceGrade.Absolute ? (2 * terms.Days, ", twice the policy's as there is nothing to compare with") : (terms.Days, "");
        Time(missing, "it ran for", _lastRan!.Value - first, asked, why);
        if (grade == EvidenceGrade.BeforeAfter)
        {
            Time(missing, "its units were watched without it for", first - (_firstWithout ?? first), terms.Days, "");
        }

        if (_instances.Count < terms.Instances)
        {
            missing.Add(string.Create(CultureInfo.InvariantCulture, $"instances: it ran on {_instances.Count} of {terms.Instances}"));
        }

        if (neverRan is null)
        {
            missing.Add("which of its statements ran: nothing tells, as no probe is in them");
        }

        foreach (var (file, lines) in (neverRan ?? ImmutableDictionary<string, IReadOnlyList<int>>.Empty).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            missing.Add($"{Words.Lines(lines)} of {file} never ran");
        }

        return missing.ToImmutable();
    }

    private static void Time(ImmutableArray<string>.Builder missing, string what, TimeSpan time, int asked, string why)
    {
        var days = (int)Math.Floor(time.TotalDays);
        if (days < asked)
        {
            missing.Add(string.Create(CultureInfo.InvariantCulture, $"time: {what} {Words.Count(days, "day")} of {asked}{why}"));
        }
    }

    private string StillNeeded(MetricStanding metric) => metric.Grade switch
    {
        _ when metric.DesignEffect is null => "how much its instances differ by themselves is not known: it takes some hours in which two or more run the same side by side",
        EvidenceGrade.Absolute or EvidenceGrade.None when metric.Metric != Metric.Failures => string.Create(
            CultureInfo.InvariantCulture,
            $"nothing to compare with: no version without it ran beside it; evidence {EvidenceFigure.Of(metric.NoHarmLogE)} of {EvidenceFigure.Of(metric.NoHarmThreshold)} that it takes as long as before"),
        EvidenceGrade.Absolute or EvidenceGrade.None => string.Create(
            CultureInfo.InvariantCulture,
            $"nothing to compare with: no version without it ran beside it, or nothing failed; {RateProcess.WithoutBad(terms.Rate, terms.Alpha / MetricWatch.WeakerAsks)} instance-minutes without a failure would do, about"),
        EvidenceGrade.BeforeAfter => $"evidence {EvidenceFigure.Of(metric.NoHarmLogE)} of {EvidenceFigure.Of(metric.NoHarmThreshold)}, compared with before",
        _ => metric.Judged.IfHarmless is { Percentile90: { } most }
            ? $"{Words.Count(most, "more bad instance-minute")} on both sides, at most that 9 times of 10, if it does no harm"
            : "failures to compare: too few of them to say when",
    };
}
