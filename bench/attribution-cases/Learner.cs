namespace Airworthy.AttributionCases;

/// <summary>
/// Learns weights by maximum likelihood: in each case the belief in the causes, or, where none is among the candidates, in <em>none of them</em>, is to be as
/// large as the data bear. A conditional logit with an outside option: convex, so there is one answer and no seed. Ridge pulls to where learning starts, so
/// that few cases don't run away.
/// </summary>
internal static class Learner
{
    private const int Steps = 3000;
    private const double Ridge = 0.6;

    /// <summary>The weights of the features, then the log-odds of none of them.</summary>
    public static double[] Learn(IReadOnlyList<MinedCase> cases, bool[] learnt, double[] start, double[] signs)
    {
        var n = start.Length;
        var w = (double[])start.Clone();
        double[] m = new double[n], v = new double[n];
        for (var step = 1; step <= Steps; step++)
        {
            var g = new double[n];
            foreach (var incident in cases)
            {
                Gradient(incident, w, g);
            }

            for (var k = 0; k < n; k++)
            {
                if (!learnt[k])
                {
                    continue;
                }

                // Adam, on the mean.
                var d = (g[k] - (Ridge * (w[k] - start[k]))) / cases.Count;
                m[k] = (0.9 * m[k]) + (0.1 * d);
                v[k] = (0.999 * v[k]) + (0.001 * d * d);
                w[k] += 0.02 * (m[k] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v[k] / (1 - Math.Pow(0.999, step))) + 1e-9);
                // A sign that contradicts what the feature is for is chance.
                w[k] = signs[k] > 0 ? Math.Max(0, w[k]) : signs[k] < 0 ? Math.Min(0, w[k]) : w[k];
            }
        }

        return w;
    }

    /// <summary>The belief in each candidate; what is missing to one is the belief in none of them.</summary>
    public static double[] Beliefs(MinedCase incident, double[] w)
    {
        var scores = incident.Candidates.Select(candidate => Score(candidate, w)).ToArray();
        var most = Math.Max(w[^1], scores.Length == 0 ? 0 : scores.Max());
        var total = Math.Exp(w[^1] - most) + scores.Sum(score => Math.Exp(score - most));
        return [.. scores.Select(score => Math.Exp(score - most) / total)];
    }

    public static double Score(MinedCandidate candidate, double[] w)
    {
        var sum = 0.0;
        for (var k = 0; k < candidate.X.Length; k++)
        {
            sum += w[k] * candidate.X[k];
        }

        return sum;
    }

    private static void Gradient(MinedCase incident, double[] w, double[] g)
    {
        var beliefs = Beliefs(incident, w);
        var none = 1 - beliefs.Sum();
        var right = 0.0;
        for (var i = 0; i < beliefs.Length; i++)
        {
            right += incident.Candidates[i].IsCause ? beliefs[i] : 0;
        }

        var reachable = right > 0;
        for (var i = 0; i < beliefs.Length; i++)
        {
            var candidate = incident.Candidates[i];
            var pull = (reachable && candidate.IsCause ? beliefs[i] / right : 0) - beliefs[i];
            for (var k = 0; k < candidate.X.Length; k++)
            {
                g[k] += pull * candidate.X[k];
            }
        }

        g[^1] += (reachable ? 0 : 1) - none;
    }
}
