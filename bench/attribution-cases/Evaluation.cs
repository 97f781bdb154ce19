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
            var place = Array.FindIndex(order, i => incident.Candidates[i].IsCause);
            _answers.Add((incident, place < 0 ? null : place + 1, order.Length == 0 ? 0 : beliefs[order[0]]));
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

        var rank = _answers.Average(at => at.Place is { } place ? 1.0 / place : 0);
        int top = _answers.Count(at => at.Case.TopFrame), newest = _answers.Count(at => at.Case.Newest);
        output.WriteLine($"{name}: {n} cases, {_answers.Count(at => at.Place is not null)} with the cause among the candidates");
        output.WriteLine($"  right first            {Share(Top1, n)}");
        output.WriteLine($"  among the first three  {Share(Top3, n)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  mean reciprocal rank   {rank:0.000}"));
        output.WriteLine($"  top frame's owner      {Share(top, n)}   paired: {Paired(at => at.TopFrame)}");
        output.WriteLine($"  newest owner           {Share(newest, n)}   paired: {Paired(at => at.Newest)}");
        var attributed = _answers.Where(at => at.Belief >= Attributed).ToList();
        var refused = _answers.Where(at => at.Belief < Ambiguous).ToList();
        output.WriteLine($"  attributed (≥ 0.5)     {attributed.Count}, of which right {Share(attributed.Count(at => at.Place == 1), attributed.Count)}");
        output.WriteLine($"  ambiguous              {n - attributed.Count - refused.Count}");
        output.WriteLine($"  not attributable       {refused.Count}, of which no candidate was the cause in {refused.Count(at => at.Place is null)}");
        output.WriteLine($"  cause not among them   {_answers.Count(at => at.Place is null)}, of which attributed wrongly {_answers.Count(at => at.Place is null && at.Belief >= Attributed)}");
        foreach (var bin in _answers.GroupBy(at => Math.Min(4, (int)(at.Belief * 5))).OrderBy(bin => bin.Key))
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
        var (n, k) = (ours + theirs, Math.Min(ours, theirs));
        double p = 0, term = Math.Pow(0.5, n);
        for (var i = 0; i <= k; i++)
        {
            p += term;
            term *= (n - i) / (double)(i + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"only ours right {ours}, only it {theirs}, p = {Math.Min(1, 2 * p):0.0000}");
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
