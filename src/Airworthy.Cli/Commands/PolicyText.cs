using System.Globalization;
using Airworthy.Cli.Gates;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Cli.Commands;

/// <summary>A policy in sentences.</summary>
internal static class PolicyText
{
    /// <summary>What a policy that can be read says as a whole, and which of its exceptions lapsed.</summary>
    public static void WriteChecked(string name, Policy policy, DateTimeOffset now, Terminal terminal)
    {
        terminal.WriteLine(
            $"{GateWords.Plain(name)} is a policy: {Words.Count(policy.Critical.Length, "critical area")}, {Words.Count(policy.RuleIds.Count(), "rule")}, {Words.Count(policy.Exceptions.Length, "exception")}");
        foreach (var risk in policy.Exceptions.Where(risk => risk.HasLapsed(now)))
        {
            terminal.WriteLine($"! lapsed, and holds no longer: {GateWords.Plain(risk.Says)}");
        }

        foreach (var area in policy.Critical.Where(area => area.Owner is null))
        {
            terminal.WriteLine($"! nobody is named as the owner of {area.Name}");
        }
    }

    /// <summary>What one rule asks, of whom and where.</summary>
    public static void WriteRule(Policy policy, string id, DateTimeOffset now, Terminal terminal)
    {
        terminal.WriteLine(id);
        foreach (var line in RuleLines(policy, id).Concat(Exceptions(policy, now, risk => risk.Rule == id)))
        {
            terminal.WriteLine($"  {line}");
        }
    }

    /// <summary>What is asked of a change of one path.</summary>
    public static void WritePath(Policy policy, RepoPath path, DateTimeOffset now, Terminal terminal)
    {
        terminal.WriteLine(path.Display);
        if (policy.IsGenerated(path))
        {
            terminal.WriteLine("  generated: nothing is asked of it");
            return;
        }

        var areas = policy.AreasOf(path);
        foreach (var area in areas)
        {
            terminal.WriteLine($"  critical: {area.Name} ({area.Criticality.ToString().ToLowerInvariant()}){(area.Owner is null ? "" : $", {area.Owner} answers for it")}");
            if (!area.Deny.IsEmpty)
            {
                terminal.WriteLine($"  {area.DenyId}: {Kinds(area.Deny)} code may not change it");
            }
        }

        foreach (var glob in policy.Agents.Deny.Where(glob => glob.Matches(path)))
        {
            terminal.WriteLine($"  {AgentRules.DenyId}: no agent may change {glob.Text}");
        }

        foreach (var author in new[] { AuthorKind.Ai, AuthorKind.Unknown, AuthorKind.Human })
        {
            var rules = policy.Evidence.Where(rule => rule.AppliesTo(author, path, areas)).ToArray();
            terminal.WriteLine(rules.Length == 0 ? $"  {Words.Of(author)} code: nothing is asked" : $"  {Words.Of(author)} code:");
            foreach (var rule in rules)
            {
                terminal.WriteLine($"    {rule.Id}: {Asked(rule)}{Limits(rule)}");
            }
        }

        foreach (var budget in policy.Budgets.Where(budget => budget.Paths.Any(glob => glob.Matches(path))))
        {
            terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  budget {budget.Name}: at most {budget.Statements:N0} unproven statements in production"));
        }

        foreach (var line in Exceptions(policy, now, risk => risk.Covers(risk.Rule, path)))
        {
            terminal.WriteLine($"  {line}");
        }
    }

    private static IEnumerable<string> RuleLines(Policy policy, string id)
    {
        if (policy.Evidence.FirstOrDefault(rule => rule.Id == id) is { } rule)
        {
            yield return $"{Kinds(rule.Authorship)} code{Limits(rule)} needs {Asked(rule)}";
            yield return rule.Paths.IsEmpty ? "everywhere" : $"in {Globs(rule.Paths)}";
            if (!rule.Except.IsEmpty)
            {
                yield return $"not in {Globs(rule.Except)}";
            }

            yield return "without it a change is insufficient; below what is asked, it fails";
        }
        else if (policy.Budgets.FirstOrDefault(budget => budget.Id == id) is { } budget)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"at most {budget.Statements:N0} AI-written statements of {Globs(budget.Paths)} may be unproven in production; a change that adds to more fails");
        }
        else if (policy.Critical.FirstOrDefault(area => area.DenyId == id) is { } area)
        {
            yield return $"{Kinds(area.Deny)} code may not change {Globs(area.Paths)}; such a change fails whatever its evidence";
        }
        else
        {
            yield return id switch
            {
                AgentRules.AllowId => $"only {string.Join(", ", policy.Agents.Allow.Select(name => name.Text))} may write here; a change by another agent fails",
                AgentRules.ModelsId => $"only the models {string.Join(", ", policy.Agents.Models.Select(name => name.Text))} may write here; a change by another fails, one of a model nobody named is insufficient",
                AgentRules.EnvironmentsId => $"agents may write only what runs in {string.Join(", ", policy.Agents.Environments)} and nowhere else",
                AgentRules.DenyId => $"no agent may change {Globs(policy.Agents.Deny)}",
                _ => string.Create(CultureInfo.InvariantCulture, $"at most {policy.Agents.Largest:N0} AI-written or unknown lines of one change may lack evidence; more fail"),
            };
        }
    }

    private static string Asked(EvidenceRule rule) => string.Join(" and ", rule.Require.Select(kind =>
        kind.IsShare && rule.LeastOf(kind) < 1 ? string.Create(CultureInfo.InvariantCulture, $"{kind.Asks} (at least {rule.LeastOf(kind):0.##})") : kind.Asks));

    private static string Limits(EvidenceRule rule) => string.Concat(
        rule.Areas.IsEmpty ? "" : $" in the critical {(rule.Areas.Length == 1 ? "area" : "areas")} {string.Join(", ", rule.Areas)}",
        rule.Environments.IsEmpty ? "" : $" that runs in {string.Join(" or ", rule.Environments.Select(one => one.Name))}",
        rule.Agents.IsEmpty ? "" : $" of {string.Join(", ", rule.Agents.Select(name => name.Text))}",
        rule.Models.IsEmpty ? "" : $" of the models {string.Join(", ", rule.Models.Select(name => name.Text))}",
        rule.Risks.IsEmpty ? "" : rule.Risks.Length == RiskSignal.Rules.Length ? " with any risk signal" : $" with the risk {string.Join(" or ", rule.Risks)}",
        rule.Reviewers.IsEmpty ? "" : $" by {string.Join(" or ", rule.Reviewers)}");

    private static IEnumerable<string> Exceptions(Policy policy, DateTimeOffset now, Func<AcceptedRisk, bool> concerns) =>
        policy.Exceptions.Where(concerns).Select(risk => $"{(risk.HasLapsed(now) ? "lapsed" : "accepted")}: {GateWords.Plain(risk.Says)}");

    private static string Kinds(IEnumerable<AuthorKind> kinds) => string.Join(" and ", kinds.Select(Words.Of));

    private static string Globs(IEnumerable<GlobPattern> globs) => string.Join(", ", globs.Select(glob => glob.Text));
}
