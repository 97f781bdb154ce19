namespace Airworthy.Statistics;

/// <summary>
/// The Kaplan–Meier estimate of survival from right-censored observations that come in groups (Kaplan and Meier, <i>Nonparametric Estimation
/// from Incomplete Observations</i>, JASA 1958).
/// <para>
/// Two variances are given for the logarithm of the share. Greenwood's (1926) takes subjects as independent. The other one allows for
/// clusters, whose members may end together: it sums each cluster's influence on the estimate before it squares it (the grouped infinitesimal
/// jackknife; Williams, <i>Product-Limit Survival Functions with Correlated Survival Times</i>, Lifetime Data Analysis 1995). With
/// one subject in each cluster both are the same number. Intervals use the log(−log) transform (Kalbfleisch and Prentice), which keeps them
/// within 0 and 1; the clustered ones reach as far as Student's t does.
/// </para>
/// </summary>
public sealed class KaplanMeier
{
    private const double Half = 0.5 + 1e-12;

    private readonly Observation[] _observations;
    private readonly int[] _clusters;
    private readonly int _clusterCount;
    private readonly Step[] _steps;
    private readonly double _last;

    private KaplanMeier(Observation[] observations)
    {
        _observations = observations;
        _last = observations.Length == 0 ? 0 : observations[^1].Time;
        (_clusters, _clusterCount) = Number(observations);
        _steps = Steps(observations);
        Median = new SurvivalMedian(
            FirstHalved(step => step.Survival),
            _clusterCount < Reach.FewestClusters ? null : FirstHalved(step => At(step.Time)?.Clustered?.Lower ?? 0),
            _clusterCount < Reach.FewestClusters ? null : FirstHalved(step => At(step.Time)?.Clustered?.Upper ?? 0));
    }

    /// <summary>A time at which subjects ended.</summary>
    /// <param name="Time">The time.</param>
    /// <param name="AtRisk">How many were there just before.</param>
    /// <param name="Ended">How many ended.</param>
    /// <param name="Survival">The share left after it.</param>
    /// <param name="Greenwood">The sum of d/(n(n−d)) up to it; infinite when nobody is left.</param>
    private readonly record struct Step(double Time, long AtRisk, long Ended, double Survival, double Greenwood);

    /// <summary>
    /// The median, with its clustered interval (Brookmeyer and Crowley, Biometrics 1982). The limits are taken to fall with time, and to be 0
    /// when nobody is left.
    /// </summary>
    public SurvivalMedian Median { get; }

    /// <summary>The estimate from <paramref name="observations"/>, in any order.</summary>
    /// <exception cref="ArgumentException">A time is negative or no number, or a count is below 1.</exception>
    public static KaplanMeier Fit(IEnumerable<Observation> observations)
    {
        ArgumentNullException.ThrowIfNull(observations);
        var groups = new Dictionary<(double Time, bool HasEnded, int Cluster), long>();
        foreach (var group in observations)
        {
            if (group.Count < 1 || !(group.Time >= 0) || double.IsInfinity(group.Time))
            {
                throw new ArgumentException($"{group} is no observation", nameof(observations));
            }

            var key = (group.Time, group.HasEnded, group.Cluster);
            groups[key] = groups.GetValueOrDefault(key) + group.Count;
        }

        return new KaplanMeier(
        [
            .. groups
                .Select(pair => new Observation(pair.Key.Time, pair.Key.HasEnded, pair.Value, pair.Key.Cluster))
                .OrderBy(group => group.Time).ThenBy(group => group.Cluster).ThenBy(group => group.HasEnded),
        ]);
    }

    /// <summary>
    /// The estimate at <paramref name="time"/>; null when nobody was watched for so long, unless all had ended before. Takes time linear in
    /// the number of groups.
    /// </summary>
    public SurvivalEstimate? At(double time)
    {
        var last = LastStep(time);
        var survival = last < 0 ? 1 : _steps[last].Survival;
        if (_observations.Length == 0 || (time > _last && survival > 0))
        {
            return null;
        }

        var atRisk = 0L;
        foreach (var group in _observations.AsSpan(FirstFrom(time)))
        {
            atRisk += group.Count;
        }

        if (survival <= 0)
        {
            return new SurvivalEstimate(time, atRisk, 0, null, null, null, null);
        }

        var independent = last < 0 ? 0 : Math.Sqrt(_steps[last].Greenwood);
        var clustered = ClusteredError(time);
        return new SurvivalEstimate(
            time,
            atRisk,
            survival,
            independent,
            clustered,
            Interval(survival, independent * Reach.Normal),
            _clusterCount < Reach.FewestClusters ? null : Interval(survival, clustered * Reach.Student(_clusterCount)));
    }

    private static Step[] Steps(Observation[] observations)
    {
        var steps = new List<Step>();
        var atRisk = observations.Sum(group => group.Count);
        var (survival, greenwood) = (1.0, 0.0);
        foreach (var group in observations.GroupBy(group => group.Time))
        {
            var ended = group.Where(subjects => subjects.HasEnded).Sum(subjects => subjects.Count);
            if (ended > 0)
            {
                var left = atRisk - ended;
                survival *= (double)left / atRisk;
                greenwood += left == 0 ? double.PositiveInfinity : ended / ((double)atRisk * left);
                steps.Add(new Step(group.Key, atRisk, ended, survival, greenwood));
            }

            atRisk -= group.Sum(subjects => subjects.Count);
        }

        return [.. steps];
    }

    private static (int[] Numbers, int Count) Number(Observation[] observations)
    {
        var known = new Dictionary<int, int>();
        var numbers = new int[observations.Length];
        for (var i = 0; i < observations.Length; i++)
        {
            if (!known.TryGetValue(observations[i].Cluster, out numbers[i]))
            {
                known[observations[i].Cluster] = numbers[i] = known.Count;
            }
        }

        return (numbers, known.Count);
    }

    /// <summary>
    /// The root of the sum, over clusters, of the squared influence on log S(t). A subject's influence is, summed over the times u up to t
    /// at which it was there, (1 if it ended at u, less d/n) / (n − d).
    /// </summary>
    private double ClusteredError(double time)
    {
        var influence = new double[_clusterCount];
        for (var i = 0; i < _observations.Length; i++)
        {
            var group = _observations[i];
            var step = LastStep(Math.Min(time, group.Time));
            if (step < 0)
            {
                continue;
            }

            var one = -_steps[step].Greenwood;
            if (group.HasEnded && group.Time <= time)
            {
                one += 1.0 / (_steps[step].AtRisk - _steps[step].Ended);
            }

            influence[_clusters[i]] += group.Count * one;
        }

        return Math.Sqrt(influence.Sum(one => one * one));
    }

    private static ConfidenceInterval? Interval(double survival, double reach)
    {
        if (survival is <= 0 or >= 1)
        {
            return null;
        }

        var wide = Math.Exp(reach / -Math.Log(survival));
        return new ConfidenceInterval(Math.Pow(survival, wide), Math.Pow(survival, 1 / wide));
    }

    private double? FirstHalved(Func<Step, double> share)
    {
        var (low, high) = (0, _steps.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = share(_steps[middle]) <= Half ? (low, middle) : (middle + 1, high);
        }

        return low < _steps.Length ? _steps[low].Time : null;
    }

    /// <summary>The last step up to a time; -1 when there is none.</summary>
    private int LastStep(double time)
    {
        var (low, high) = (0, _steps.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _steps[middle].Time <= time ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    /// <summary>The first observation that lasted at least until a time.</summary>
    private int FirstFrom(double time)
    {
        var (low, high) = (0, _observations.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _observations[middle].Time < time ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
