using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>
/// Refuses a policy of which one part makes another idle: who wrote it meant something that does not happen. Only what is certain from the text is
/// refused; an exception that lifts the stronger part lets the other stand.
/// </summary>
/// <param name="read">Tells a mistake with its place.</param>
/// <param name="policy">The policy as read.</param>
/// <param name="keys">Its keys, for their places.</param>
internal sealed class PolicyContradictions(PolicyFields read, Policy policy, Dictionary<string, PolicyNode> keys)
{
    /// <exception cref="PolicyException">Two parts of the policy contradict each other.</exception>
    public void Refuse()
    {
        if (keys.ContainsKey("evidence"))
        {
            foreach (var (i, rule) in policy.Evidence.Index())
            {
                Refuse(rule, (PolicyNode.Mapping)Item("evidence", i));
            }
        }

        foreach (var (i, area) in policy.Critical.Index())
        {
            Refuse(area, (PolicyNode.Mapping)Item("critical", i));
        }

        foreach (var (i, rule) in policy.UnattributedRules.Index())
        {
            RefuseIdle(rule, i);
        }

        if (!policy.Budgets.IsEmpty && !policy.Probation.Contains(AuthorKind.Ai))
        {
            throw read.Wrong(keys["budgets"], "budgets count AI-written statements until production has proven them, and 'probation' leaves 'ai' out: none would ever be proven");
        }

        if (policy.Agents.Largest is not null && policy.Evidence.IsEmpty)
        {
            throw read.Wrong(Under(keys["agents"], "largest-unverified"), "this limits the lines that lack evidence, and 'evidence: []' asks for none");
        }
    }

    private void Refuse(EvidenceRule rule, PolicyNode.Mapping node)
    {
        if (Idle(rule.Agents, policy.Agents.Allow, AgentRules.AllowId))
        {
            throw read.Wrong(Under(node, "agents"), "the rule asks evidence of agents that may not write here: 'agents.allow' names none of them");
        }

        if (Idle(rule.Models, policy.Agents.Models, AgentRules.ModelsId))
        {
            throw read.Wrong(Under(node, "models"), "the rule asks evidence of models that may not write here: 'agents.models' names none of them");
        }

        if (!rule.Paths.IsEmpty && rule.Paths.All(path => rule.Except.Any(except => except.Covers(path))))
        {
            throw read.Wrong(Under(node, "except"), "this leaves out every path that the rule is limited to");
        }

        var areas = policy.Critical.Where(area => rule.Areas.Contains(area.Name, StringComparer.Ordinal)).ToArray();
        if (areas.Length > 0 && areas.All(area => !IsLifted(area.DenyId) && rule.Authorship.All(area.Deny.Contains)))
        {
            throw read.Wrong(Under(node, "critical"), $"the rule asks evidence of code that '{areas[0].Name}' denies: it fails whatever its evidence");
        }

        if (rule.Authorship is [AuthorKind.Ai] && !rule.Environments.IsEmpty && !policy.Agents.Environments.IsEmpty && !IsLifted(AgentRules.EnvironmentsId)
            && rule.Environments.All(environment => !policy.Agents.Environments.Contains(environment.Name, StringComparer.Ordinal)))
        {
            throw read.Wrong(Under(node, "environments"), "the rule asks evidence of AI-written code where 'agents.environments' lets no agent write");
        }
    }

    private void Refuse(CriticalArea area, PolicyNode.Mapping node)
    {
        foreach (var (i, path) in area.Paths.Index())
        {
            if (policy.Generated.FirstOrDefault(glob => glob.Covers(path)) is { } generated)
            {
                throw read.Wrong(((PolicyNode.Sequence)Under(node, "paths")).Items[i], $"'{path}' is critical, and 'generated' has '{generated}': nothing is asked of generated files");
            }
        }
    }

    /// <summary>The first authorship rule that holds decides: one that an earlier one covers and contradicts is never asked.</summary>
    private void RefuseIdle(UnattributedRule rule, int place)
    {
        foreach (var earlier in policy.UnattributedRules.Take(place))
        {
            if (earlier.CountsAs != rule.CountsAs
                && (earlier.Paths.IsEmpty || (!rule.Paths.IsEmpty && rule.Paths.All(path => earlier.Paths.Any(glob => glob.Covers(path)))))
                && (earlier.Before is null || rule.Before <= earlier.Before))
            {
                throw read.Wrong(
                    ((PolicyNode.Sequence)Under(keys["authorship"], "rules")).Items[place],
                    $"an earlier rule says '{Words.Of(earlier.CountsAs)}' of all that this one speaks of; the first that holds decides");
            }
        }
    }

    private bool Idle(ImmutableArray<NamePattern> asked, ImmutableArray<NamePattern> allowed, string rule) =>
        !asked.IsEmpty && !allowed.IsEmpty && !IsLifted(rule) && !asked.Any(one => allowed.Any(one.Overlaps));

    private bool IsLifted(string rule) => policy.Exceptions.Any(risk => string.Equals(risk.Rule, rule, StringComparison.Ordinal));

    private PolicyNode Item(string key, int place) => ((PolicyNode.Sequence)keys[key]).Items[place];

    private static PolicyNode Under(PolicyNode node, string key) =>
        ((PolicyNode.Mapping)node).Entries.First(entry => string.Equals(entry.Key.Text, key, StringComparison.Ordinal)).Value;
}
