using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>What a policy says of a change: unit by unit, the worst first, and rule by rule.</summary>
/// <param name="Kind">Fail if any unit fails, else insufficient if any lacks evidence, else pass.</param>
/// <param name="Units">All changed units, the worst first.</param>
/// <param name="Rules">All rules of the policy, in its order.</param>
public sealed record Judgement(VerdictKind Kind, ImmutableArray<UnitVerdict> Units, ImmutableArray<RuleOutcome> Rules)
{
    /// <summary>Judges <paramref name="units"/> by <paramref name="policy"/>.</summary>
    public static Judgement Of(Policy policy, IEnumerable<ChangedUnit> units)
    {
        var judged = units
            .Select(unit => Judge(policy, unit))
            .OrderBy(unit => Severity(unit.Kind))
            .ThenByDescending(unit => unit.Areas.IsEmpty ? -1 : (int)unit.Areas[0].Criticality)
            .ThenBy(unit => unit.Changed.OutsideFunctions)
            .ThenBy(unit => AuthorOrder(unit.Changed.Authorship.Kind))
            .ThenByDescending(unit => unit.Changed.Lines.Total)
            .ThenBy(unit => unit.Changed.Unit.Path)
            .ThenBy(unit => unit.Changed.Unit.Span.Start)
            .ToImmutableArray();
        return new Judgement(Worst(judged.Select(unit => unit.Kind)), judged, [.. Denials(policy, judged), .. Demands(policy, judged)]);
    }

    private static UnitVerdict Judge(Policy policy, ChangedUnit changed)
    {
        var author = changed.Authorship.Kind;
        var areas = policy.AreasOf(changed.Unit.Path);
        var denied = areas.Where(area => area.Deny.Contains(author)).ToImmutableArray();
        var rules = policy.Evidence.Where(rule => rule.AppliesTo(author, changed.Unit.Path, areas) && CanBeMet(rule, changed)).ToImmutableArray();
        var missing = rules.SelectMany(rule => Unmet(rule, changed)).Distinct().ToImmutableArray();
        var kind = !denied.IsEmpty ? VerdictKind.Fail : !missing.IsEmpty ? VerdictKind.Insufficient : VerdictKind.Pass;
        return new UnitVerdict(changed, areas, denied, missing, rules, kind);
    }

    private static bool CanBeMet(EvidenceRule rule, ChangedUnit changed) => rule.Require.Any(kind => Askable(kind, changed));

    private static IEnumerable<EvidenceKind> Unmet(EvidenceRule rule, ChangedUnit changed) =>
        rule.Require.Where(kind => Askable(kind, changed) && !changed.Evidence.Any(have => Meets(have, kind)));

    /// <summary>What does not run can't be covered, mutated or tried; a person can review anything.</summary>
    private static bool Askable(EvidenceKind kind, ChangedUnit changed) => changed.Executable || kind == EvidenceKind.HumanReview;

    /// <summary>No observation, or a bad one among them, is no evidence.</summary>
    private static bool Meets(Evidence have, EvidenceKind kind) =>
        string.Equals(have.Kind, kind.Name, StringComparison.Ordinal) && have is { Count: > 0, Bad: 0 };

    private static IEnumerable<RuleOutcome> Denials(Policy policy, ImmutableArray<UnitVerdict> units) =>
        from area in policy.Critical
        where !area.Deny.IsEmpty
        let applied = units.Count(unit => unit.Areas.Contains(area))
        let unmet = units.Count(unit => unit.Denied.Contains(area))
        select new RuleOutcome(
            $"deny/{area.Name}",
            $"{area.Name} may not be changed by {Names(area.Deny)} code",
            applied,
            unmet,
            unmet > 0 ? VerdictKind.Fail : VerdictKind.Pass);

    private static IEnumerable<RuleOutcome> Demands(Policy policy, ImmutableArray<UnitVerdict> units) =>
        from rule in policy.Evidence
        let applied = units.Where(unit => unit.Rules.Contains(rule)).ToArray()
        let unmet = applied.Count(unit => Unmet(rule, unit.Changed).Any())
        select new RuleOutcome(
            $"evidence/{rule.Name}",
            $"{Names(rule.Authorship)} code needs {string.Join(" and ", rule.Require.Select(kind => kind.Asks))}",
            applied.Length,
            unmet,
            unmet > 0 ? VerdictKind.Insufficient : VerdictKind.Pass);

    private static string Names(ImmutableArray<AuthorKind> authors) => string.Join(" and ", authors.Select(author => author.ToString().ToLowerInvariant()));

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
