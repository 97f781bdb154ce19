namespace Airworthy.Statistics;

/// <summary>
/// Evidence on an odds ratio that is told only before and after, against something that nobody changed: how many times the odds of failing, over the
/// control's, became what they were. The control's own turn is divided out; what the odds were before is not known and is allowed for.
/// </summary>
/// <remarks>
/// Universal inference (Wasserman, Ramdas, Balakrishnan, <i>Universal inference</i>, 2020): the likelihood of all that was seen, mixed over what the
/// odds were before (θ) and over the alternatives, over the largest likelihood that the hypothesis can give it:
/// <c>E = mean_R ∫ L_before(θ) L_after(Rθ) dπ(θ) / max { L_before(θ) L_after(φ) : φ ≤ θ }</c>. Valid at every look; not knowing θ costs some evidence.
/// Each class of circumstances has a θ of its own.
/// </remarks>
public sealed class TrendProcess
{
    // Odds ratios from e^-7 to e^7: beyond, one side never fails.
    private const double Widest = 7;
    private const double Fine = 0.08;
    private const double PriorWidth = 2;

    private readonly SortedDictionary<int, (double[] Before, double[] After)> _classes = [];
    private readonly double _step;
    private readonly int _ratioSteps;
    private readonly int[] _harmSteps;
    private readonly double[] _logPrior;

    /// <summary>Begins without evidence.</summary>
    /// <param name="ratio">The smallest harm that matters; above 1.</param>
    public TrendProcess(double ratio)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ratio, 1);
        _ratioSteps = (int)Math.Ceiling(Math.Log(ratio) / Fine);
        _step = Math.Log(ratio) / _ratioSteps;
        _harmSteps = [.. EProcess.Harms.Select(harm => (int)Math.Round(Math.Log(harm) / _step))];
        var points = (2 * (int)Math.Ceiling(Widest / _step)) + 1;
        _logPrior = [.. Enumerable.Range(0, points).Select(i => -Math.Pow((i - (points / 2)) * _step / PriorWidth, 2) / 2)];
        var whole = LogSum(_logPrior);
        for (var i = 0; i < points; i++)
        {
            _logPrior[i] -= whole;
        }
    }

    /// <summary>Bad ones seen before, on both sides, in strata that told something.</summary>
    public long BadBefore { get; private set; }

    /// <summary>The same after.</summary>
    public long BadAfter { get; private set; }

    /// <summary>The natural logarithm of the evidence of harm: against a ratio of at most 1.</summary>
    public double Harm { get; private set; }

    /// <summary>The natural logarithm of the evidence against harm: against a ratio of at least the one that matters.</summary>
    public double NoHarm { get; private set; }

    /// <summary>The highest that either was.</summary>
    public (double Harm, double NoHarm) Highest { get; private set; }

    /// <summary>Takes in one stratum.</summary>
    /// <param name="circumstances">The class it belongs to.</param>
    /// <param name="isAfter">True when what is judged ran with the change.</param>
    /// <param name="stratum">What is judged, as its change; the control, as its baseline.</param>
    /// <param name="weight">What its likelihood is raised to, as of <see cref="EProcess.With"/>.</param>
    public void Add(int circumstances, bool isAfter, Stratum stratum, double weight = 1)
    {
        if (!stratum.IsTelling || weight == 0)
        {
            return;
        }

        if (!_classes.TryGetValue(circumstances, out var logs))
        {
            _classes.Add(circumstances, logs = (new double[_logPrior.Length], new double[_logPrior.Length]));
        }

        var log = isAfter ? logs.After : logs.Before;
        for (var i = 0; i < log.Length; i++)
        {
            log[i] += weight * FisherHypergeometric.LogProbability(stratum, Math.Exp((i - (log.Length / 2)) * _step));
        }

        (BadBefore, BadAfter) = isAfter ? (BadBefore, BadAfter + stratum.Bad) : (BadBefore + stratum.Bad, BadAfter);
        Weigh();
    }

    private void Weigh()
    {
        var harms = new double[_harmSteps.Length];
        NoHarm = 0;
        var terms = new double[_logPrior.Length];
        foreach (var (before, after) in _classes.Values)
        {
            var (mostWithoutHarm, mostWithHarm) = Most(before, after);
            for (var harm = 0; harm < harms.Length; harm++)
            {
                harms[harm] += Mixed(before, after, _harmSteps[harm], terms) - mostWithoutHarm;
            }

            NoHarm += Mixed(before, after, 0, terms) - mostWithHarm;
        }

        Harm = LogSum(harms) - Math.Log(harms.Length);
        Highest = (Math.Max(Highest.Harm, Harm), Math.Max(Highest.NoHarm, NoHarm));
    }

    private double Mixed(double[] before, double[] after, int shift, double[] terms)
    {
        for (var i = 0; i < terms.Length; i++)
        {
            terms[i] = _logPrior[i] + before[i] + after[Math.Min(i + shift, after.Length - 1)];
        }

        return LogSum(terms);
    }

    /// <summary>The largest logarithms of the likelihood when the ratio is at most 1, and when it is at least the one that matters.</summary>
    private (double WithoutHarm, double WithHarm) Most(double[] before, double[] after)
    {
        var (withoutHarm, lower) = (double.NegativeInfinity, double.NegativeInfinity);
        for (var i = 0; i < before.Length; i++)
        {
            lower = Math.Max(lower, after[i]);
            withoutHarm = Math.Max(withoutHarm, before[i] + lower);
        }

        var (withHarm, higher) = (double.NegativeInfinity, double.NegativeInfinity);
        for (var i = before.Length - 1; i >= 0; i--)
        {
            higher = Math.Max(higher, after[Math.Min(i + _ratioSteps, after.Length - 1)]);
            withHarm = Math.Max(withHarm, before[i] + higher);
        }

        return (withoutHarm, withHarm);
    }

    private static double LogSum(double[] logs)
    {
        var highest = double.NegativeInfinity;
        foreach (var log in logs)
        {
            highest = Math.Max(highest, log);
        }

        var sum = 0.0;
        foreach (var log in logs)
        {
            sum += Math.Exp(log - highest);
        }

        return highest + Math.Log(sum);
    }
}
