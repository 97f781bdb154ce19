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
/// <param name="Path">The file, with <c>/</c>.</param>
/// <param name="Unit">The unit, the test or the analyzer's rule it is about: what stays while lines move.</param>
/// <param name="Criticality">How much depends on the file; null when nothing is said to.</param>
/// <param name="Start">Its first line at the head, at least 1.</param>
/// <param name="End">Its last line.</param>
/// <param name="Kind">What tells it from others of the same rule and unit; empty where there is one at most.</param>
internal sealed record GateFinding(string Rule, VerdictKind Level, string Says, RepoPath Path, string Unit, Criticality? Criticality, int Start, int End, string Kind)
{
    /// <summary>What stays the same while lines move and counts change: the rule and the unit.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Rule}\n{Path.Value}\n{Unit}\n{Kind}")));

    /// <summary>All that there is to say of a change, the worst first.</summary>
    public static IEnumerable<GateFinding> Of(GateReport report)
    {
        foreach (var problem in report.Judgement.Problems)
        {
            // A place is needed to say it: a test that stands in no changed file is told in the summary.
            if (problem is { Path: { } path, Start: > 0 })
            {
                var area = report.Policy.AreasOf(path).FirstOrDefault();
                yield return new GateFinding(
                    problem.Rule, problem.Level, $"{GateWords.Plain(problem.Name)}: {GateWords.Plain(problem.Says)}", path, problem.Name, area?.Criticality, problem.Start, Math.Max(problem.Start, problem.End), problem.Says);
            }
        }

        foreach (var judged in report.Judgement.Units)
        {
            if (judged.Kind != VerdictKind.Pass)
            {
                var says = $"{GateWords.Plain(judged.Changed.Unit.Name)} ({GateWords.Who(judged)}): {string.Join("; ", GateWords.Problems(judged))}";
                var at = Place(judged.Changed);
                yield return new GateFinding(judged.Unmet.FirstOrDefault() ?? "policy", judged.Kind, says, judged.Changed.Unit.Path, judged.Changed.Unit.Symbol, CriticalityOf(judged), at.Start, at.End, Kind: "");
            }
        }

        foreach (var judged in report.Judgement.Units)
        {
            foreach (var risk in judged.Changed.Risks)
            {
                yield return new GateFinding($"risk/{risk.Rule}", VerdictKind.Pass, GateWords.Plain(risk.Says), judged.Changed.Unit.Path, judged.Changed.Unit.Symbol, CriticalityOf(judged), risk.Line, risk.Line, risk.Says);
            }
        }
    }

    // Review tools show what stands on a changed line, and drop the rest: the first that no test executed, else the first that changed.
    private static LineSpan Place(ChangedUnit changed)
    {
        var blocks = LineSpan.Blocks(changed.NotExecuted.IsEmpty ? [.. changed.At.Select(line => line.Number)] : changed.NotExecuted);
        var line = Math.Max(1, changed.RemovedAfter.IsEmpty ? changed.Unit.Span.Start : changed.RemovedAfter[0]);
        return blocks.IsEmpty ? new LineSpan(line, line) : blocks[0];
    }

    private static Criticality? CriticalityOf(UnitVerdict judged) => judged.Areas.IsEmpty ? null : judged.Areas[0].Criticality;
}
