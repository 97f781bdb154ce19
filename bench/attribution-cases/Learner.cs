namespace Airworthy.AttributionCases;

/// <summary>
/// Learns weights by maximum likelihood: in each case the belief in the causes, or, where none is among the candidates, in <em>none of them</em>, is to be as
/// large as the data bear. A conditional logit with an outside option: convex, so there is one answer and no seed. Ridge pulls to where learning starts, so
/// that few cases don't run away. A project of many cases counts by the root of their number: what is learnt must hold for another project.
/// </summary>
internal static class Learner
{
    private const int Steps = 500;
    private const int Folds = 5;

    private static readonly double[] s_ridges = [0.3, 1, 3, 10];
    private static readonly double[] s_scales = [.. Enumerable.Range(2, 13).Select(tenth => tenth / 10.0)];

    /// <summary>What is added to the log-odds of none of them: of a project not seen more causes lie elsewhere than scores learnt on others tell.</summary>
    private static readonly double[] s_doubts = [0, 0.25, 0.5, 0.75, 1, 1.5, 2];

    /// <summary>
    /// The weights of the features, then the log-odds of none of them. How strong the ridge is, how much the scores are drawn together and how much is added to
    /// none of them, so that beliefs are as often right as they say, is found on the given projects alone, some left out at a time.
    /// </summary>
    public static double[] Learn(IReadOnlyList<MinedProject> projects)
    {
        var best = (Loss: double.MaxValue, Ridge: 0.0, Scale: 1.0, Doubt: 0.0);
        foreach (var ridge in s_ridges)
        {
            var unseen = new List<(MinedCase Case, double Importance, double[] W)>();
            for (var fold = 0; fold < Math.Min(Folds, projects.Count); fold++)
            {
                var w = Fit([.. projects.Where((_, i) => i % Folds != fold)], ridge);
                unseen.AddRange(projects.Where((_, i) => i % Folds == fold).SelectMany(project => project.Cases.Select(incident => (incident, Importance(project), w))));
            }

            foreach (var scale in s_scales)
            {
                foreach (var doubt in s_doubts)
                {
                    var loss = unseen.Sum(at => at.Importance * Loss(at.Case, Calibrated(at.W, scale, doubt)));
                    best = loss < best.Loss ? (loss, ridge, scale, doubt) : best;
                }
            }
        }

        return Calibrated(Fit(projects, best.Ridge), best.Scale, best.Doubt);
    }

    /// <summary>The belief in each candidate; what is missing to one is the belief in none of them.</summary>
    public static double[] Beliefs(MinedCase incident, double[] w)
    {
        var scores = new double[incident.Candidates.Length];
        var most = w[^1];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Score(incident.Candidates[i].X, w);
            most = Math.Max(most, scores[i]);
        }

        var total = Math.Exp(w[^1] - most);
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Exp(scores[i] - most);
            total += scores[i];
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] /= total;
        }

        return scores;
    }

    private static double[] Fit(IReadOnlyList<MinedProject> projects, double ridge)
    {
        double[] start = Weights.Start, signs = Weights.Signs;
        var learnt = Weights.Learnt;
        var n = start.Length;
        var w = (double[])start.Clone();
        double[] m = new double[n], v = new double[n], g = new double[n];
        var total = projects.Sum(project => Importance(project) * project.Cases.Length);
        for (var step = 1; step <= Steps; step++)
        {
            Array.Clear(g);
            foreach (var project in projects)
            {
                foreach (var incident in project.Cases)
                {
                    Gradient(incident, Importance(project), w, g);
                }
            }

            var rate = 0.06 * (1 - (step / (Steps + 1.0)));
            for (var k = 0; k < n; k++)
            {
                if (!learnt[k])
                {
                    continue;
                }

                // Adam, on the mean.
                var d = (g[k] - (ridge * (w[k] - start[k]))) / total;
                m[k] = (0.9 * m[k]) + (0.1 * d);
                v[k] = (0.99 * v[k]) + (0.01 * d * d);
                w[k] += rate * (m[k] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(v[k] / (1 - Math.Pow(0.99, step))) + 1e-9);
                // A sign that contradicts what the feature is for is chance.
                w[k] = signs[k] > 0 ? Math.Max(0, w[k]) : signs[k] < 0 ? Math.Min(0, w[k]) : w[k];
            }
        }

        return w;
    }

    private static double Importance(MinedProject project) => 1 / Math.Sqrt(Math.Max(1, project.Cases.Length));

    private static double[] Calibrated(double[] w, double scale, double doubt)
    {
        var learnt = Weights.Learnt;
        double[] calibrated = [.. w.Select((weight, k) => learnt[k] ? weight * scale : weight)];
        calibrated[^1] += doubt;
        return calibrated;
    }

    private static double Loss(MinedCase incident, double[] w)
    {
        var beliefs = Beliefs(incident, w);
        var right = incident.IsReachable ? incident.Candidates.Zip(beliefs).Where(at => at.First.IsCause).Sum(at => at.Second) : 1 - beliefs.Sum();
        return -Math.Log(Math.Max(1e-9, right));
    }

    private static double Score(double[] x, double[] w)
    {
        var sum = 0.0;
        for (var k = 0; k < x.Length; k++)
        {
            sum += w[k] * x[k];
        }

        return sum;
    }

    private static void Gradient(MinedCase incident, double importance, double[] w, double[] g)
    {
        var beliefs = Beliefs(incident, w);
        double none = 1, right = 0;
        for (var i = 0; i < beliefs.Length; i++)
        {
            none -= beliefs[i];
            right += incident.Candidates[i].IsCause ? beliefs[i] : 0;
        }

        for (var i = 0; i < beliefs.Length; i++)
        {
            var candidate = incident.Candidates[i];
            var pull = importance * ((right > 0 && candidate.IsCause ? beliefs[i] / right : 0) - beliefs[i]);
            var x = candidate.X;
            for (var k = 0; k < x.Length; k++)
            {
                g[k] += pull * x[k];
            }
        }

        g[^1] += importance * ((right > 0 ? 0 : 1) - none);
    }
}
