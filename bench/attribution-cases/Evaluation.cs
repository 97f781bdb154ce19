using System.Globalization;

namespace Airworthy.AttributionCases;

/// <summary>How well a ranking does on cases: right first, among the first three, mean reciprocal rank, and what it refuses.</summary>
internal sealed class Evaluation
{
    /// <summary>As the product has it: belief from which it answers, and below which it says that it can't.</summary>
    private const double Attributed = 0.5;

    private const double Ambiguous = 0.12;

    private readonly List<(MinedCase Case, int? Place, double Belief)> _answers = [];

    public IEnumerable<string> Kinds => _answers.Select(at => at.Case.Kind);

    public void Add(IEnumerable<MinedCase> cases, double[] w)
    {
        foreach (var incident in cases)
        {
            var beliefs = Learner.Beliefs(incident, w);
            var order = Enumerable.Range(0, beliefs.Length).OrderByDescending(i => beliefs[i]).ThenBy(i => i).ToArray();
            var place = incident.Outward ? -1 : Array.FindIndex(order, i => incident.Candidates[i].IsCause);
            _answers.Add((incident, place < 0 ? null : place + 1, order.Length == 0 || incident.Outward ? 0 : beliefs[order[0]]));
        }
    }

    /// <summary>Several together; of one dialect alone when it is named.</summary>
    public static Evaluation Of(IEnumerable<Evaluation> parts, string? kind = null)
    {
        var all = new Evaluation();
        all._answers.AddRange(parts.SelectMany(part => part._answers).Where(at => kind is null || at.Case.Kind == kind));
        return all;
    }

    public int Top1 => _answers.Count(at => at.Place == 1);

    public int Top3 => _answers.Count(at => at.Place <= 3);

    public void Write(string name, TextWriter output)
    {
        var n = _answers.Count;
        if (n == 0)
        {
            output.WriteLine($"{name}: no evidence");
            return;
        }

        var none = _answers.Where(at => at.Case.Causes.Length == 0).ToList();
        var caused = n - none.Count;
        var rank = _answers.Sum(at => at.Place is { } place ? 1.0 / place : 0) / Math.Max(1, caused);
        int top = _answers.Count(at => at.Case.TopFrame), newest = _answers.Count(at => at.Case.Newest);
        output.WriteLine($"{name}: {n} cases, {caused} with a cause in the repository, {_answers.Count(at => at.Place is not null)} with it among the candidates; of those with a cause:");
        output.WriteLine($"  right first            {Share(Top1, caused)}");
        output.WriteLine($"  among the first three  {Share(Top3, caused)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  mean reciprocal rank   {rank:0.000}"));
        output.WriteLine($"  top frame's owner      {Share(top, caused)}   paired: {Paired(at => at.TopFrame)}");
        output.WriteLine($"  newest owner           {Share(newest, caused)}   paired: {Paired(at => at.Newest)}");
        var attributed = _answers.Where(at => at.Belief >= Attributed).ToList();
        var refused = _answers.Where(at => at.Belief < Ambiguous).ToList();
        output.WriteLine($"  and of all {n}:");
        output.WriteLine($"  attributed (≥ 0.5)     {attributed.Count}, of which right {Share(attributed.Count(at => at.Place == 1), attributed.Count)}");
        output.WriteLine($"  ambiguous              {n - attributed.Count - refused.Count}");
        output.WriteLine($"  not attributable       {refused.Count} ({refused.Count(at => at.Case.Outward)} of them for a failing dependency), of which no candidate was the cause in {Share(refused.Count(at => !at.Case.IsReachable), refused.Count)}");
        output.WriteLine($"  no cause in the repository {none.Count}: not attributable {Share(none.Count(at => at.Belief < Ambiguous), none.Count)}, attributed {Share(none.Count(at => at.Belief >= Attributed), none.Count)}");
        output.WriteLine($"    of the not attributable, no cause in the repository {Share(none.Count(at => at.Belief < Ambiguous), refused.Count)}");
        output.WriteLine($"  cause not among them   {_answers.Count(at => at.Place is null)}, of which attributed wrongly {Share(_answers.Count(at => at.Place is null && at.Belief >= Attributed), _answers.Count(at => at.Place is null))}");
        foreach (var bin in _answers.Where(at => !at.Case.Outward).GroupBy(at => Math.Min(4, (int)(at.Belief * 5))).OrderBy(bin => bin.Key))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  said {bin.Key * 20,2}–{(bin.Key + 1) * 20,3} %, {bin.Average(at => at.Belief) * 100:0} % on average: right {Share(bin.Count(at => at.Place == 1), bin.Count())}"));
        }

        output.WriteLine();
    }

    /// <summary>McNemar's exact test: where only one of the two is right, is it ours more often than chance.</summary>
    private string Paired(Func<MinedCase, bool> other)
    {
        var ours = _answers.Count(at => at.Place == 1 && !other(at.Case));
        var theirs = _answers.Count(at => at.Place != 1 && other(at.Case));
        return Exact("ours", ours, "it", theirs);
    }

    /// <summary>The same test beside other answers to the same cases: where only one of the two has the cause among so many.</summary>
    public string PairedWith(Evaluation other, int among)
    {
        var theirs = other._answers.ToLookup(at => at.Case.Fix + at.Case.Revision, at => at.Place <= among);
        var pairs = _answers.Select(at => (Ours: at.Place <= among, Theirs: theirs[at.Case.Fix + at.Case.Revision].Single())).ToList();
        return Exact("these", pairs.Count(at => at.Ours && !at.Theirs), "those", pairs.Count(at => at.Theirs && !at.Ours));
    }

    private static string Exact(string one, int ours, string another, int theirs)
    {
        var (n, k) = (ours + theirs, Math.Min(ours, theirs));
        double p = 0, term = Math.Pow(0.5, n);
        for (var i = 0; i <= k; i++)
        {
            p += term;
            term *= (n - i) / (double)(i + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"only {one} right {ours}, only {another} {theirs}, p = {Math.Min(1, 2 * p):0.0000}");
    }

    /// <summary>A share with Wilson's interval, 95 %.</summary>
    private static string Share(int k, int n)
    {
        if (n == 0)
        {
            return "no evidence";
        }

        const double z = 1.96;
        var p = k / (double)n;
        var middle = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z / (1 + (z * z / n)) * Math.Sqrt((p * (1 - p) / n) + (z * z / (4.0 * n * n)));
        return string.Create(CultureInfo.InvariantCulture, $"{k,3} of {n} = {p * 100:0} % ({(middle - half) * 100:0}–{(middle + half) * 100:0})");
    }
}
