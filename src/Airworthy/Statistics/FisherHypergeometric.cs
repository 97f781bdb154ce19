namespace Airworthy.Statistics;

/// <summary>
/// Fisher's non-central hypergeometric distribution: of the bad ones of a stratum, how many fall on the change, when its odds of being bad are a
/// given multiple of the baseline's.
/// <c>P(k) = C(n_c,k) C(n_b,x−k) ψ^k / Σ_j C(n_c,j) C(n_b,x−j) ψ^j</c> (R. A. Fisher, <i>The Logic of Inductive Inference</i>, 1935).
/// </summary>
/// <remarks>
/// The sum runs from the mode outwards by the ratio of neighbouring terms, so it is exact to rounding for any size, without factorials and
/// without a limit distribution; it costs a few standard deviations' steps.
/// </remarks>
public static class FisherHypergeometric
{
    private const double Negligible = 1e-18;
    private const double Tiny = 1e-250;

    /// <summary>The logarithm of the probability of the split that was seen; 0 where no other was possible.</summary>
    /// <param name="stratum">What was seen.</param>
    /// <param name="oddsRatio">ψ; above 0.</param>
    public static double LogProbability(Stratum stratum, double oddsRatio)
    {
        if (!stratum.Change.IsPossible || !stratum.Baseline.IsPossible)
        {
            throw new ArgumentOutOfRangeException(nameof(stratum), stratum, "more are bad than there are");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(oddsRatio);
        if (!stratum.IsTelling)
        {
            return 0;
        }

        var terms = new Terms(stratum, oddsRatio);
        var mode = terms.Mode();
        return terms.LogRelative(stratum.Change.Bad, mode) - Math.Log(terms.SumRelative(mode));
    }

    /// <summary>The mean and variance of how many bad ones fall on the change.</summary>
    public static (double Mean, double Variance) Moments(Stratum stratum, double oddsRatio)
    {
        if (!stratum.IsTelling)
        {
            return (stratum.Change.Bad, 0);
        }

        var terms = new Terms(stratum, oddsRatio);
        var mode = terms.Mode();
        var (sum, first, second) = (0.0, 0.0, 0.0);
        terms.Walk(mode, (k, weight) =>
        {
            var distance = (double)(k - mode);
            sum += weight;
            first += weight * distance;
            second += weight * distance * distance;
        });
        var mean = first / sum;
        return (mode + mean, (second / sum) - (mean * mean));
    }

    /// <summary>The terms of the sum, of which only ratios are ever needed.</summary>
    private readonly struct Terms(Stratum stratum, double oddsRatio)
    {
        private readonly long _change = stratum.Change.Calls;
        private readonly long _baseline = stratum.Baseline.Calls;
        private readonly long _bad = stratum.Bad;
        private readonly double _odds = oddsRatio;

        private long Least => Math.Max(0, _bad - _baseline);

        private long Most => Math.Min(_change, _bad);

        /// <summary>Where the terms are largest: they rise before it and fall after it.</summary>
        public long Mode()
        {
            var (low, high) = (Least, Most);
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                (low, high) = Next(middle) > 1 ? (middle + 1, high) : (low, middle);
            }

            return low;
        }

        public double SumRelative(long mode)
        {
            var sum = 0.0;
            Walk(mode, (_, weight) => sum += weight);
            return sum;
        }

        /// <summary>Visits the terms that matter, each relative to the mode's.</summary>
        public void Walk(long mode, Action<long, double> visit)
        {
            visit(mode, 1);
            var weight = 1.0;
            for (var k = mode; k < Most && weight > Negligible; k++)
            {
                visit(k + 1, weight *= Next(k));
            }

            weight = 1.0;
            for (var k = mode; k > Least && weight > Negligible; k--)
            {
                visit(k - 1, weight /= Next(k - 1));
            }
        }

        /// <summary>The logarithm of a term relative to the mode's.</summary>
        public double LogRelative(long at, long mode)
        {
            var (log, product) = (0.0, 1.0);
            for (var k = Math.Min(at, mode); k < Math.Max(at, mode); k++)
            {
                product *= at > mode ? Next(k) : 1 / Next(k);
                if (product < Tiny)
                {
                    log += Math.Log(product);
                    product = 1;
                }
            }

            return log + Math.Log(product);
        }

        /// <summary>The term after <paramref name="k"/> over the one at <paramref name="k"/>.</summary>
        private double Next(long k) => (double)(_change - k) / (k + 1) * ((double)(_bad - k) / (_baseline - _bad + k + 1)) * _odds;
    }
}
