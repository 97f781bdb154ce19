using System.Security.Cryptography;
using System.Text;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Cli.Gates;

/// <summary>One thing to say at one place of a change, as review tools show them.</summary>
/// <param name="Rule">The policy's rule, or the risk rule.</param>
/// <param name="Level">Fail, or insufficient; pass for what is only worth a look.</param>
/// <param name="Says">What it is, as a sentence.</param>
/// <param name="Judged">The unit it is about.</param>
/// <param name="Start">Its first line at the head, at least 1.</param>
/// <param name="End">Its last line.</param>
internal sealed record GateFinding(string Rule, VerdictKind Level, string Says, UnitVerdict Judged, int Start, int End)
{
    /// <summary>The file, with <c>/</c>.</summary>
    public RepoPath Path => Judged.Changed.Unit.Path;

    /// <summary>What stays the same while lines move: the rule and the unit.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Rule}\n{Path.Value}\n{Judged.Changed.Unit.Symbol}\n{Says}")));

    /// <summary>All that there is to say of a change, the worst first.</summary>
    public static IEnumerable<GateFinding> Of(GateReport report)
    {
        foreach (var judged in report.Judgement.Units)
        {
            var span = judged.Changed.Unit.Span;
            var (start, end) = (Math.Max(1, span.Start), Math.Max(1, span.End));
            if (judged.Kind != VerdictKind.Pass)
            {
                var says = $"{GateWords.Plain(judged.Changed.Unit.Name)} ({GateWords.Who(judged)}): {string.Join("; ", GateWords.Problems(judged))}";
                yield return new GateFinding(judged.Unmet.FirstOrDefault() ?? "policy", judged.Kind, says, judged, start, end);
            }
        }

        foreach (var judged in report.Judgement.Units)
        {
            foreach (var risk in judged.Changed.Risks)
            {
                yield return new GateFinding($"risk/{risk.Rule}", VerdictKind.Pass, GateWords.Plain(risk.Says), judged, risk.Line, risk.Line);
            }
        }
    }
}
