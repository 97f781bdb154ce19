using System.Collections.Immutable;
using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>What is compared: which minutes of an instance are bad.</summary>
public sealed class Metric
{
    private readonly Func<InstanceMinute, (long Calls, long Bad)> _count;
    private readonly Func<long, long>? _tolerated;

    private Metric(string name, string more, Func<InstanceMinute, (long Calls, long Bad)> count, Func<long, long>? tolerated) =>
        (Name, More, _count, _tolerated) = (name, more, count, tolerated);

    /// <summary>A minute is bad in which a call failed.</summary>
    public static Metric Failures { get; } = new("failures", "fail more", minute => (minute.Calls, minute.Bad), tolerated: null);

    /// <summary>A minute is bad in which most calls took longer than half of the baseline's did: everything has become slower.</summary>
    public static Metric Median { get; } = new("median time", "are slower", minute => (minute.Timed, minute.OverMedian), calls => calls / 2);

    /// <summary>
    /// A minute is bad in which more than one call in twenty (and more than one) took longer than 99 of 100 of the baseline's did: some have become very slow.
    /// </summary>
    public static Metric Tail { get; } = new("slowest calls", "have more very slow calls", minute => (minute.Timed, minute.OverTail), calls => Math.Max(1, calls / 20));

    /// <summary>Those that are judged when times are told.</summary>
    public static ImmutableArray<Metric> All { get; } = [Failures, Median, Tail];

    /// <summary>Its name for people.</summary>
    public string Name { get; }

    /// <summary>What units do that are worse by it.</summary>
    public string More { get; }

    /// <summary>True where half of the baseline's minutes are bad, so that a bad one is no episode.</summary>
    public bool IsUsual => this == Median;

    /// <summary>Calls and bad calls by this metric; a minute is bad when more of them are bad than it tolerates.</summary>
    internal (long Calls, bool IsBad) Of(InstanceMinute minute)
    {
        var (calls, bad) = _count(minute);
        return (calls, bad > (_tolerated?.Invoke(calls) ?? 0));
    }

    /// <summary>Where nothing can be compared, the share of bad minutes that a proven change stays under: by the median, of which half were bad before, what its odds may grow by.</summary>
    internal double LimitOf(ProbationTerms terms) => IsUsual ? terms.MedianRatio / (1 + terms.MedianRatio) : terms.Rate;

    /// <summary>Evidence that it stays under <see cref="LimitOf"/>.</summary>
    internal RateProcess RateOf(ProbationTerms terms) => IsUsual ? RateProcess.Below(LimitOf(terms), [0.7, 0.85, 0.92]) : RateProcess.Below(LimitOf(terms));

    /// <summary>The smallest harm that matters by it.</summary>
    internal double RatioOf(ProbationTerms terms) => this == Median ? terms.MedianRatio : terms.Ratio;
}
