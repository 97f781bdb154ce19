namespace Airworthy.Statistics;

/// <summary>How many episodes it takes until evidence reaches its threshold.</summary>
/// <param name="Mean">The expected number; null when it is not sure to be reached within <see cref="Furthest"/> episodes.</param>
/// <param name="Percentile90">Nine times of ten it takes at most so many; null when beyond <see cref="Furthest"/>.</param>
public readonly record struct FirstPassage(double? Mean, long? Percentile90)
{
    /// <summary>Episodes beyond which nothing is computed.</summary>
    public const int Furthest = 20_000;

    private const double Done = 1e-9;
    private const double Negligible = 1e-18;

    /// <summary>
    /// Computed exactly, for episodes that come one by one and fall on the change with one chance: what was seen after n of them is told by how
    /// many fell on the change, so the distribution of the n at which the threshold is first reached follows from one pass over the two numbers.
    /// </summary>
    /// <param name="process">The evidence to begin with.</param>
    /// <param name="threshold">What its logarithm must reach.</param>
    /// <param name="share">The change's share of the exposure, between 0 and 1.</param>
    /// <param name="oddsRatio">The true odds ratio.</param>
    /// <param name="weight">What each episode's factor is raised to, as of <see cref="EProcess.With"/>; above 0.</param>
    public static FirstPassage Of(EProcess process, double threshold, double share, double oddsRatio, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        var steps = process.Alternatives.Select(ratio => (
            OnChange: weight * (Math.Log(On(share, ratio)) - Math.Log(On(share, process.Null))),
            OnBaseline: weight * (Math.Log(1 - On(share, ratio)) - Math.Log(1 - On(share, process.Null))))).ToList();
        var chance = On(share, oddsRatio);

        // The alternatives are all on one side, so for each n the threshold is reached from some number on the change on, upwards or downwards.
        var isUpwards = process.Alternatives[0] > process.Null;

        // alive[k]: the chance that the threshold was not reached within n episodes and k of them fell on the change.
        var alive = new double[Furthest + 2];
        alive[0] = 1;
        var (first, last, left, mean) = (0, 0, 1.0, 0.0);
        long? percentile = null;
        for (var n = 1; n <= Furthest && left > Done; n++)
        {
            mean += left;
            left = 0;
            last++;
            for (var k = last; k >= first; k--)
            {
                alive[k] = (alive[k] * (1 - chance)) + (k > 0 ? alive[k - 1] * chance : 0);
                left += alive[k];
            }

            while (last >= first && (alive[last] < Negligible || (isUpwards && LogE(last, n) >= threshold)))
            {
                left -= alive[last];
                alive[last--] = 0;
            }

            while (first <= last && (alive[first] < Negligible || (!isUpwards && LogE(first, n) >= threshold)))
            {
                left -= alive[first];
                alive[first++] = 0;
            }

            percentile ??= left <= 0.1 ? n : null;
        }

        return new FirstPassage(left > Done ? null : mean, percentile);

        double LogE(int k, int n)
        {
            var highest = double.NegativeInfinity;
            Span<double> logs = stackalloc double[steps.Count];
            for (var i = 0; i < logs.Length; i++)
            {
                logs[i] = process.LogWeights[i] + (k * steps[i].OnChange) + ((n - k) * steps[i].OnBaseline);
                highest = Math.Max(highest, logs[i]);
            }

            var sum = 0.0;
            foreach (var log in logs)
            {
                sum += Math.Exp(log - highest);
            }

            return highest + Math.Log(sum / logs.Length);
        }
    }

    /// <summary>The chance that an episode falls on the change: the limit of Fisher's distribution for rare episodes.</summary>
    private static double On(double share, double ratio) => share * ratio / ((share * ratio) + 1 - share);
}
