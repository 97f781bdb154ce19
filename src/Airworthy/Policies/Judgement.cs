using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>What a policy says of a change: unit by unit, the worst first, and rule by rule.</summary>
/// <param name="Kind">Fail if any unit or rule fails, else insufficient if any lacks evidence, else pass.</param>
/// <param name="Units">All changed units, the worst first.</param>
/// <param name="Rules">All rules of the policy, in the order they are asked.</param>
public sealed record Judgement(VerdictKind Kind, ImmutableArray<UnitVerdict> Units, ImmutableArray<RuleOutcome> Rules)
{
    /// <summary>What reports say against the change and no exception lets rest, the worst first.</summary>
    public ImmutableArray<ReportedProblem> Problems { get; private init; } = [];

    /// <summary>The exceptions that let such a problem rest.</summary>
    public ImmutableArray<AcceptedRisk> Accepted { get; private init; } = [];

    /// <summary>Judges <paramref name="units"/>, and what reports say beside them, by <paramref name="policy"/> as of <paramref name="now"/>.</summary>
    public static Judgement Of(Policy policy, IEnumerable<ChangedUnit> units, DateTimeOffset now, ReportedTally? reported = null)
    {
        reported ??= ReportedTally.None;
        var judge = new UnitJudge(policy, now);
        var judged = units
            .Select(judge.Judge)
            .OrderBy(unit => Severity(unit.Kind))
            .ThenByDescending(unit => unit.Areas.IsEmpty ? -1 : (int)unit.Areas[0].Criticality)
            .ThenBy(unit => unit.Changed.OutsideFunctions)
            .ThenBy(unit => AuthorOrder(unit.Changed.Authorship.Kind))
            .ThenByDescending(unit => unit.Changed.Risks.Length)
            .ThenByDescending(unit => unit.Changed.Lines.Total)
            .ThenBy(unit => unit.Changed.Unit.Path)
            .ThenBy(unit => unit.Changed.Unit.Span.Start)
            .ToImmutableArray();
        var resting = reported.Problems
            .Select(problem => (Problem: problem, Risk: policy.Exceptions.FirstOrDefault(risk => Covers(risk, problem) && !risk.HasLapsed(now))))
            .ToArray();
        ImmutableArray<ReportedProblem> problems = [.. resting.Where(one => one.Risk is null).Select(one => one.Problem).OrderBy(problem => Severity(problem.Level)).ThenBy(problem => !ReportRules.Ids.Contains(problem.Rule, StringComparer.Ordinal)).ThenBy(problem => ReportRules.Ids.IndexOf(problem.Rule))];
        ImmutableArray<RuleOutcome> rules = [.. OfReports(reported, problems), .. OfAgents(policy, judged, now), .. Denials(policy, judged), .. Demands(policy, judged), .. OfBudgets(policy, problems)];
        return new Judgement(Worst(judged.Select(unit => unit.Kind).Concat(rules.Select(rule => rule.Kind))), judged, rules)
        {
            Problems = problems,
            Accepted = [.. resting.Select(one => one.Risk).OfType<AcceptedRisk>().Distinct()],
        };
    }

    private static IEnumerable<RuleOutcome> OfBudgets(Policy policy, ImmutableArray<ReportedProblem> problems) =>
        from budget in policy.Budgets
        let isOver = problems.Any(problem => problem.Rule == budget.Id)
        select new RuleOutcome(
            budget.Id,
            string.Create(CultureInfo.InvariantCulture, $"at most {budget.Statements:N0} AI-written statements of {Listed(budget.Paths.Select(path => path.Text))} may be unproven in production"),
            1,
            isOver ? 1 : 0,
            isOver ? VerdictKind.Fail : VerdictKind.Pass);

    private static bool Covers(AcceptedRisk risk, ReportedProblem problem) =>
        problem.Path is { } path ? risk.Covers(problem.Rule, path) : risk.Paths.IsEmpty && string.Equals(risk.Rule, problem.Rule, StringComparison.Ordinal);

    private static IEnumerable<RuleOutcome> OfReports(ReportedTally reported, ImmutableArray<ReportedProblem> problems) =>
        from rule in ReportRules.Ids
        let applied = rule == ReportRules.Error ? reported.Findings : reported.Tests
        where applied is not null
        let unmet = problems.Count(problem => problem.Rule == rule)
        select new RuleOutcome(rule, ReportRules.AsksOf(rule), applied.Value, unmet, unmet > 0 ? ReportRules.LevelOf(rule) : VerdictKind.Pass);

    private static IEnumerable<RuleOutcome> OfAgents(Policy policy, ImmutableArray<UnitVerdict> units, DateTimeOffset now)
    {
        var rules = policy.Agents;
        var written = units.Count(unit => unit.Changed.Authorship.Kind == AuthorKind.Ai);
        foreach (var id in rules.Ids.Where(id => id != AgentRules.LargestId))
        {
            var forbidden = units.Count(unit => unit.Forbidden.Any(broken => broken.Rule == id));
            var unmet = units.Count(unit => unit.Unmet.Contains(id, StringComparer.Ordinal));
            yield return new RuleOutcome(
                id,
                id switch
                {
                    AgentRules.AllowId => $"only {Listed(rules.Allow.Select(name => name.Text))} may write here",
                    AgentRules.ModelsId => $"only the models {Listed(rules.Models.Select(name => name.Text))} may write here",
                    AgentRules.EnvironmentsId => $"agents may write only what runs in {Listed(rules.Environments)} and nowhere else",
                    _ => $"no agent may change {Listed(rules.Deny.Select(glob => glob.Text))}",
                },
                written,
                unmet,
                forbidden > 0 ? VerdictKind.Fail : unmet > 0 ? VerdictKind.Insufficient : VerdictKind.Pass);
        }

        if (rules.Largest is { } largest)
        {
            var unverified = units.Where(unit => unit.Kind != VerdictKind.Pass && unit.Changed.Authorship.Kind != AuthorKind.Human).ToArray();
            var lines = unverified.Sum(unit => unit.Changed.Lines.Ai + unit.Changed.Lines.Unknown);
            var accepted = policy.Exceptions.Any(risk => risk is { Rule: AgentRules.LargestId, Paths.IsEmpty: true } && !risk.HasLapsed(now));
            var broken = lines > largest && !accepted;
            yield return new RuleOutcome(
                AgentRules.LargestId,
                string.Create(CultureInfo.InvariantCulture, $"at most {largest:N0} AI-written or unknown lines of a change may lack evidence; {lines:N0} do"),
                units.Length,
                broken ? unverified.Length : 0,
                broken ? VerdictKind.Fail : VerdictKind.Pass);
        }
    }

    private static IEnumerable<RuleOutcome> Denials(Policy policy, ImmutableArray<UnitVerdict> units) =>
        from area in policy.Critical
        where !area.Deny.IsEmpty
        let applied = units.Count(unit => unit.Areas.Contains(area))
        let unmet = units.Count(unit => unit.Denied.Contains(area))
        select new RuleOutcome(
            area.DenyId,
            $"{area.Name} may not be changed by {Names(area.Deny)} code",
            applied,
            unmet,
            unmet > 0 ? VerdictKind.Fail : VerdictKind.Pass);

    private static IEnumerable<RuleOutcome> Demands(Policy policy, ImmutableArray<UnitVerdict> units) =>
        from rule in policy.Evidence
        let applied = units.Where(unit => unit.Rules.Contains(rule)).ToArray()
        let unmet = applied.Where(unit => unit.Unmet.Contains(rule.Id, StringComparer.Ordinal)).ToArray()
        select new RuleOutcome(
            rule.Id,
            $"{Names(rule.Authorship)} code needs {string.Join(" and ", rule.Require.Select(kind => kind.Asks))}",
            applied.Length,
            unmet.Length,
            unmet.Length == 0 ? VerdictKind.Pass
                : unmet.Any(unit => unit.Short.Any(fall => rule.Require.Contains(fall.Kind))) ? VerdictKind.Fail
                : VerdictKind.Insufficient);

    private static string Names(ImmutableArray<AuthorKind> authors) => string.Join(" and ", authors.Select(Words.Of));

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names);

    private static VerdictKind Worst(IEnumerable<VerdictKind> kinds) => kinds.OrderBy(Severity).FirstOrDefault(VerdictKind.Pass);

    private static int Severity(VerdictKind kind) => kind switch
    {
        VerdictKind.Fail => 0,
        VerdictKind.Insufficient => 1,
        _ => 2,
    };

    private static int AuthorOrder(AuthorKind author) => author switch
    {
        AuthorKind.Ai => 0,
        AuthorKind.Unknown => 1,
        _ => 2,
    };
}
