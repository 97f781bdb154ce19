using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>Follows one change through production, minute by minute, and tells where it stands.</summary>
public sealed class ChangeWatch(ProbationTerms terms)
{
    /// <summary>Where nothing can be compared, the share of its instances' minutes in which a proven change may have failed.</summary>
    public const double BadWindows = 0.01;

    /// <summary>Instances counted; of more it is enough to know that there are as many.</summary>
    public const int MostInstances = 1_000;

    private const int MostPoints = 400;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Judge _judge = new(terms);
    private readonly SortedDictionary<string, WindowsAtRisk> _windows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _instances = new(StringComparer.Ordinal);
    private readonly List<CoursePoint> _course = [];
    private RateProcess _rate = RateProcess.Below(BadWindows);
    private DateTimeOffset? _firstRan;
    private DateTimeOffset? _lastRan;
    private long _strata;
    private int _every = 1;
    private long _calls;
    private long _bad;

    /// <summary>The last minute taken in; null before the first.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>True when the evidence reached a threshold, whatever else is missing.</summary>
    public bool IsSettled => _judge.Verdict != ProbationVerdict.Undecided || _rate.HighestLogE >= EProcess.Threshold(terms.Alpha);

    /// <summary>Takes in what instances did in one minute. Minutes come in their order, each once, when nothing more is expected of them.</summary>
    /// <param name="minute">The minute, UTC.</param>
    /// <param name="instances">The instances by the traffic they met: only those that met the same are compared.</param>
    public void Add(DateTimeOffset minute, ILookup<string, InstanceMinute> instances)
    {
        ArgumentNullException.ThrowIfNull(instances);
        if (Until is { } last && minute - last > s_minute)
        {
            // In a minute without anything every episode has ended.
            foreach (var windows in _windows.Values)
            {
                windows.Of([]);
            }
        }

        Until = minute;
        foreach (var traffic in _windows.Keys.Union(instances.Select(group => group.Key), StringComparer.Ordinal).ToList())
        {
            if (!_windows.TryGetValue(traffic, out var windows))
            {
                _windows.Add(traffic, windows = new WindowsAtRisk());
            }

            foreach (var stratum in windows.Of(instances[traffic]))
            {
                Judge(minute, stratum);
            }
        }

        foreach (var ran in instances.SelectMany(group => group).Where(instance => instance is { HasChange: true, Calls: > 0 }))
        {
            _firstRan ??= minute;
            _lastRan = minute;
            _calls += ran.Calls;
            _bad += ran.Bad;
            if (_instances.Count < MostInstances)
            {
                _instances.Add(ran.Instance);
            }
        }
    }

    /// <summary>Where it stands.</summary>
    /// <param name="neverRan">The lines of it that never ran, by file: a change is not proven by what did not happen. Null when nothing tells.</param>
    public Standing Conclude(IReadOnlyDictionary<string, IReadOnlyList<int>>? neverRan)
    {
        var judged = _judge.Conclude();
        var grade = judged.Telling > 0 ? EvidenceGrade.Concurrent : _firstRan is null ? EvidenceGrade.None : EvidenceGrade.Absolute;
        var isClear = judged.Verdict == ProbationVerdict.Proven
            || (grade == EvidenceGrade.Absolute && _rate.HighestLogE >= judged.Threshold);
        var missing = judged.Verdict == ProbationVerdict.Suspect ? [] : Missing(judged, grade, isClear, neverRan);
        var verdict = judged.Verdict == ProbationVerdict.Suspect ? ProbationVerdict.Suspect
            : isClear && missing.IsEmpty ? ProbationVerdict.Proven
            : ProbationVerdict.Undecided;
        return new Standing(verdict, grade, judged, _rate.LogE, _firstRan, _lastRan, _instances.Count, _calls, _bad, [.. _course], missing);
    }

    private void Judge(DateTimeOffset minute, Stratum stratum)
    {
        _judge.Add(minute.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), stratum);
        if (stratum.Change.Calls > 0)
        {
            _rate = _rate.With(stratum.Change);
        }

        if (stratum.IsTelling && _strata++ % _every == 0)
        {
            var (harm, noHarm) = _judge.Evidence;
            _course.Add(new CoursePoint(minute, harm, noHarm));
            if (_course.Count > MostPoints)
            {
                // Half of the points tell the course as well.
                _every *= 2;
                var kept = _course.Where((_, i) => i % 2 == 0).ToList();
                _course.Clear();
                _course.AddRange(kept);
            }
        }
    }

    private ImmutableArray<string> Missing(Judged judged, EvidenceGrade grade, bool isClear, IReadOnlyDictionary<string, IReadOnlyList<int>>? neverRan)
    {
        var missing = ImmutableArray.CreateBuilder<string>();
        if (_firstRan is not { } first)
        {
            return ["its units were not seen running on an instance that tells its id (service.instance.id), counted by probes or by spans of known sampling"];
        }

        if (!isClear)
        {
            missing.Add(grade == EvidenceGrade.Absolute
                ? string.Create(CultureInfo.InvariantCulture, $"nothing to compare with: no version without it ran beside it, or nothing failed; {RateProcess.WithoutBad(BadWindows, terms.Alpha)} instance-minutes without a failure would do, about")
                : judged.IfHarmless is { Percentile90: { } most }
                    ? $"{Words.Count(most, "more bad instance-minute")} on both sides, at most that 9 times of 10, if it does no harm"
                    : "failures to compare: too few of them to say when");
        }

        var days = (int)Math.Floor((_lastRan!.Value - first).TotalDays);
        if (days < terms.Days)
        {
            missing.Add(string.Create(CultureInfo.InvariantCulture, $"time: it ran for {Words.Count(days, "day")} of {terms.Days}"));
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
}
