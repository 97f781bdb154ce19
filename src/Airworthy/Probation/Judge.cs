using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>
/// Judges a change stratum by stratum, as they close. Harm goes before no harm: what once reached the threshold of harm is suspect, whatever came
/// later, and what was proven may still become suspect. Each answer is wrong with a chance of at most α, however often one looks.
/// </summary>
/// <param name="terms">What the change is held to.</param>
/// <param name="metrics">How many metrics are judged: any of them makes a change suspect, so each may do so with its part of α only.</param>
/// <param name="demand">How many times the usual evidence is asked for.</param>
public sealed class Judge(ProbationTerms terms, int metrics = 1, double demand = 1)
{
    /// <summary>Telling strata that are kept to estimate the odds ratio from; of more, the latest.</summary>
    private const int MostKept = 20_000;

    private readonly double _noHarmThreshold = EProcess.Threshold(terms.Checked().Alpha / demand);
    private readonly double _harmThreshold = EProcess.Threshold(terms.Alpha / demand / metrics);
    private readonly Queue<Stratum> _telling = new();
    private EProcess _harm = EProcess.OfHarm(terms.Ratio);
    private EProcess _noHarm = EProcess.OfNoHarm(terms.Ratio);
    private Stratum _total;
    private long _strata;
    private long _tellingCount;
    private double _weight = 1;
    private string? _since;

    /// <summary>The natural logarithms of the evidence of harm and against harm, as they stand.</summary>
    public (double Harm, double NoHarm) Evidence => (_harm.LogE, _noHarm.LogE);

    /// <summary>How many strata told something.</summary>
    public long Telling => _tellingCount;

    /// <summary>The answer so far, without what it rests on.</summary>
    public ProbationVerdict Verdict { get; private set; }

    /// <summary>Takes in one closed stratum.</summary>
    /// <param name="interval">Its name, told when it settles the question.</param>
    /// <param name="stratum">What was seen in it.</param>
    /// <param name="weight">What it counts, as of <see cref="EProcess.With"/>; 0 while that is not known.</param>
    /// <param name="first">What of it speaks against harm too; all of it when null.</param>
    public void Add(string interval, Stratum stratum, double weight = 1, Stratum? first = null)
    {
        _strata++;
        _weight = weight;
        _total = new Stratum(_total.Change + stratum.Change, _total.Baseline + stratum.Baseline);
        if (!stratum.IsTelling)
        {
            return;
        }

        _tellingCount++;
        _telling.Enqueue(stratum);
        if (_telling.Count > MostKept)
        {
            _telling.Dequeue();
        }

        _harm = _harm.With(stratum, weight);
        _noHarm = _noHarm.With(first ?? stratum, weight);
        if (Verdict != ProbationVerdict.Suspect && _harm.HighestLogE >= _harmThreshold)
        {
            (Verdict, _since) = (ProbationVerdict.Suspect, interval);
        }
        else if (Verdict == ProbationVerdict.Undecided && _noHarm.HighestLogE >= _noHarmThreshold)
        {
            (Verdict, _since) = (ProbationVerdict.Proven, interval);
        }
    }

    /// <summary>The answer so far.</summary>
    public Judged Conclude()
    {
        var isOpen = Verdict == ProbationVerdict.Undecided && _weight > 0 && _total.Change.Calls > 0 && _total.Baseline.Calls > 0;
        var share = (double)_total.Change.Calls / Math.Max(1, _total.Change.Calls + _total.Baseline.Calls);
        return new Judged(
            Verdict,
            _since,
            terms,
            _harm,
            _noHarm,
            _harmThreshold,
            _noHarmThreshold,
            _total,
            _strata,
            _tellingCount,
            OddsRatio.Of(_telling),
            isOpen ? FirstPassage.Of(_noHarm, _noHarmThreshold, share, oddsRatio: 1, _weight) : null,
            isOpen ? FirstPassage.Of(_harm, _harmThreshold, share, terms.Ratio, _weight) : null);
    }
}
