using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>Asks one policy's rules of one unit, in the order they are stated: agents, critical areas, evidence.</summary>
/// <param name="policy">The policy.</param>
/// <param name="now">When it is asked: exceptions lapse.</param>
internal sealed class UnitJudge(Policy policy, DateTimeOffset now)
{
    public UnitVerdict Judge(ChangedUnit changed)
    {
        var areas = policy.AreasOf(changed.Unit.Path);
        var accepted = new List<AcceptedRisk>();
        var unmet = new List<string>();
        var forbidden = Forbidden(changed).Where(broken => Stands(broken.Rule)).ToImmutableArray();
        var denied = areas.Where(area => area.Deny.Contains(changed.Authorship.Kind) && Stands(area.DenyId)).ToImmutableArray();
        var rules = policy.Evidence.Where(rule => rule.AppliesTo(changed, areas) && rule.Require.Any(kind => Askable(kind, changed))).ToImmutableArray();
        var missing = new List<EvidenceKind>();
        var below = new List<Shortfall>();
        foreach (var rule in rules)
        {
            var (lacks, falls) = Ask(rule, changed);
            if ((lacks.Length > 0 || falls.Length > 0) && Stands(rule.Id))
            {
                missing.AddRange(lacks);
                below.AddRange(falls);
            }
        }

        if (IsOfUnnamedModel(changed) && Stands(AgentRules.ModelsId))
        {
            missing.Add(s_modelName);
        }

        return new UnitVerdict(changed, areas, denied, [.. missing.Distinct()], rules, Kind())
        {
            Short = [.. below.Distinct()],
            Forbidden = forbidden,
            Accepted = [.. accepted.Distinct()],
            Unmet = [.. unmet],
        };

        // A rule that is broken stands unless a person took the risk.
        bool Stands(string rule)
        {
            if (policy.Exceptions.FirstOrDefault(risk => risk.Covers(rule, changed.Unit.Path) && !risk.HasLapsed(now)) is { } risk)
            {
                accepted.Add(risk);
                return false;
            }

            unmet.Add(rule);
            return true;
        }

        VerdictKind Kind() => forbidden.Length > 0 || denied.Length > 0 || below.Count > 0 ? VerdictKind.Fail
            : missing.Count > 0 ? VerdictKind.Insufficient
            : VerdictKind.Pass;
    }

    // Asked by 'agents: models:', not by name.
    private static readonly EvidenceKind s_modelName = new("model-name", "the name of the model that wrote it");

    private IEnumerable<(string Rule, string Says)> Forbidden(ChangedUnit changed)
    {
        if (changed.Authorship.Kind != AuthorKind.Ai)
        {
            yield break;
        }

        var (agents, rules) = (changed.Authorship.Agents, policy.Agents);
        if (!rules.Allow.IsEmpty && agents.FirstOrDefault(agent => !rules.Allow.Any(name => name.Matches(agent.Name))) is { } stranger)
        {
            yield return (AgentRules.AllowId, $"{stranger.Name} is not among the agents that may write here");
        }

        if (!rules.Models.IsEmpty && agents.FirstOrDefault(agent => agent.Model is { } model && !rules.Models.Any(name => name.Matches(model))) is { } other)
        {
            yield return (AgentRules.ModelsId, $"{other.Model} is not among the models that may write here");
        }

        if (!rules.Environments.IsEmpty
            && policy.Environments.FirstOrDefault(one => one.Holds(changed.Unit.Path) && !rules.Environments.Contains(one.Name, StringComparer.Ordinal)) is { } closedOne)
        {
            yield return (AgentRules.EnvironmentsId, $"this runs in {closedOne.Name}, where agents may not write");
        }

        if (rules.Deny.FirstOrDefault(glob => glob.Matches(changed.Unit.Path)) is { } closed)
        {
            yield return (AgentRules.DenyId, $"no agent may change {closed.Text}");
        }
    }

    private bool IsOfUnnamedModel(ChangedUnit changed) =>
        !policy.Agents.Models.IsEmpty && changed.Authorship.Kind == AuthorKind.Ai
        && (changed.Authorship.Agents.IsEmpty || changed.Authorship.Agents.Any(agent => agent.Model is null));

    private static (EvidenceKind[] Missing, Shortfall[] Below) Ask(EvidenceRule rule, ChangedUnit changed)
    {
        var missing = new List<EvidenceKind>();
        var below = new List<Shortfall>();
        foreach (var kind in rule.Require.Where(kind => Askable(kind, changed)))
        {
            var found = changed.Evidence.Where(have => have.Kind == kind.Name && have.Count > 0 && rule.Takes(have)).ToArray();
            if (found.Length == 0)
            {
                missing.Add(kind);
            }
            else if (found.MinBy(have => (double)(have.Count - have.Bad) / have.Count) is { } worst && worst.Count - worst.Bad < rule.LeastOf(kind) * worst.Count)
            {
                // What one trial found, another that did not find it does not take back.
                below.Add(new Shortfall(worst, kind, rule.LeastOf(kind)));
            }
        }

        return ([.. missing], [.. below]);
    }

    /// <summary>What does not run can't be covered, mutated or tried; a person can review anything.</summary>
    private static bool Askable(EvidenceKind kind, ChangedUnit changed) =>
        (changed.Executable || kind == EvidenceKind.HumanReview) && !changed.Moot.Contains(kind);
}
