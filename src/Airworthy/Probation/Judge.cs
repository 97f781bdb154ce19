using Airworthy.Statistics;

namespace Airworthy.Probation;

/// <summary>
/// Judges a change stratum by stratum, as they close. Harm goes before no harm: what once reached the threshold of harm is suspect, whatever came
/// later, and what was proven may still become suspect. Each answer is wrong with a chance of at most α, however often one looks.
/// </summary>
public sealed class Judge(ProbationTerms terms)
{
    /// <summary>Telling strata that are kept to estimate the odds ratio from; of more, the latest.</summary>
    private const int MostKept = 20_000;

    private readonly double _threshold = EProcess.Threshold(terms.Checked().Alpha);
    private readonly Queue<Stratum> _telling = new();
    private EProcess _harm = EProcess.OfHarm();
    private EProcess _noHarm = EProcess.OfNoHarm(terms.Ratio);
    private Stratum _total;
    private long _strata;
    private long _tellingCount;
    private string? _since;

    /// <summary>The natural logarithms of the evidence of harm and against harm, as they stand.</summary>
    public (double Harm, double NoHarm) Evidence => (_harm.LogE, _noHarm.LogE);

    /// <summary>The answer so far, without what it rests on.</summary>
    public ProbationVerdict Verdict { get; private set; }

    /// <summary>Takes in one closed stratum.</summary>
    /// <param name="interval">Its name, told when it settles the question.</param>
    /// <param name="stratum">What was seen in it.</param>
    public void Add(string interval, Stratum stratum)
    {
        _strata++;
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

        _harm = _harm.With(stratum);
        _noHarm = _noHarm.With(stratum);
        if (Verdict != ProbationVerdict.Suspect && _harm.HighestLogE >= _threshold)
        {
            (Verdict, _since) = (ProbationVerdict.Suspect, interval);
        }
        else if (Verdict == ProbationVerdict.Undecided && _noHarm.HighestLogE >= _threshold)
        {
            (Verdict, _since) = (ProbationVerdict.Proven, interval);
        }
    }

    /// <summary>The answer so far.</summary>
    public Judged Conclude()
    {
        var isOpen = Verdict == ProbationVerdict.Undecided && _total.Change.Calls > 0 && _total.Baseline.Calls > 0;
        var share = (double)_total.Change.Calls / Math.Max(1, _total.Change.Calls + _total.Baseline.Calls);
        return new Judged(
            Verdict,
            _since,
            terms,
            _harm,
            _noHarm,
            _total,
            _strata,
            _tellingCount,
            OddsRatio.Of(_telling),
            isOpen ? FirstPassage.Of(_noHarm, _threshold, share, oddsRatio: 1) : null,
            isOpen ? FirstPassage.Of(_harm, _threshold, share, terms.Ratio) : null);
    }
}
