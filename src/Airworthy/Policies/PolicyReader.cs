using System.Collections.Immutable;
using System.Security.Cryptography;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>
/// Reads <c>airworthy.yml</c>. Strict: what is not understood is refused with its line and column, because a rule that is silently
/// skipped is a gate that silently opens.
/// </summary>
public sealed class PolicyReader
{
    private static readonly ImmutableArray<(string Name, AuthorKind Value)> s_authors =
        [("ai", AuthorKind.Ai), ("human", AuthorKind.Human), ("unknown", AuthorKind.Unknown)];

    private static readonly ImmutableArray<(string Name, AuthorKind Value)> s_unattributed =
        [("unknown", AuthorKind.Unknown), ("human", AuthorKind.Human)];

    private static readonly ImmutableArray<(string Name, Criticality Value)> s_criticalities =
        [("low", Criticality.Low), ("medium", Criticality.Medium), ("high", Criticality.High)];

    private static readonly ImmutableArray<(string Name, bool Value)> s_whenSuspect = [("off", true), ("keep", false)];

    private static readonly ImmutableArray<(string Name, EvidenceKind Value)> s_evidence = [.. EvidenceKind.All.Select(kind => (kind.Name, kind))];

    private readonly PolicyFields _read;

    private PolicyReader(string file) => _read = new PolicyFields(file);

    /// <summary>Reads a policy.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="PolicyException">It is not a policy of version 1.</exception>
    public static Policy Read(ReadOnlySpan<byte> bytes, string file = "airworthy.yml")
    {
        var root = PolicyYaml.Read(bytes, file);
        return new PolicyReader(file).Root(root) with { Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
    }

    private Policy Root(PolicyNode root)
    {
        var keys = _read.Keys(root, "the policy", "version", "services", "critical", "probation", "proof", "authorship", "agents", "evidence", "exceptions", "may-accept", "budgets", "generated", "flags", "environments", "feature-flags", "objectives");
        Version(root, keys.GetValueOrDefault("version"));
        var terms = keys.TryGetValue("proof", out var proof) ? Proof(proof, new ProofTerms()) : new ProofTerms();
        var critical = _read.List(keys, "critical", node => Area(node, terms));
        _read.RefuseTwice(keys, "critical", critical.Select(area => area.Name));
        var areaNames = critical.Select(area => area.Name).ToArray();
        var environments = _read.List(keys, "environments", Environment);
        _read.RefuseTwice(keys, "environments", environments.Select(one => one.Name));
        var evidence = keys.ContainsKey("evidence")
            ? _read.List(keys, "evidence", node => Rule(node, areaNames, environments))
            : Policy.DefaultEvidence;
        _read.RefuseTwice(keys, "evidence", evidence.Select(rule => rule.Name));
        var budgets = _read.List(keys, "budgets", Budget);
        _read.RefuseTwice(keys, "budgets", budgets.Select(budget => budget.Name));
        var featureFlags = _read.List(keys, "feature-flags", Flag);
        _read.RefuseTwice(keys, "feature-flags", featureFlags.Select(flag => flag.Key));
        var (unattributed, unattributedRules) = Authorship(keys.GetValueOrDefault("authorship"));
        var policy = new Policy(
            Digest: "",
            _read.List(keys, "services", node => _read.Text(node, "a service name")),
            critical,
            keys.ContainsKey("probation") ? _read.List(keys, "probation", node => _read.Choice(node, "authorship", s_authors)) : Policy.Unproven,
            unattributed,
            evidence)
        {
            UnattributedRules = unattributedRules,
            Proof = terms,
            FeatureFlags = featureFlags,
            Objectives = _read.List(keys, "objectives", Objective),
            Agents = keys.TryGetValue("agents", out var agents) ? Agents(agents, environments) : AgentRules.None,
            MayAccept = _read.List(keys, "may-accept", node => _read.Text(node, "a person")),
            Flags = _read.List(keys, "flags", node => _read.Text(node, "a method")),
            Environments = environments,
            Budgets = budgets,
            Generated = keys.ContainsKey("generated") ? _read.List(keys, "generated", _read.Glob) : Policy.DefaultGenerated,
        };
        policy = policy with { Exceptions = _read.List(keys, "exceptions", node => Exception(node, policy)) };
        new PolicyContradictions(_read, policy, keys).Refuse();
        return policy;
    }

    private AgentRules Agents(PolicyNode node, ImmutableArray<DeployedPaths> environments)
    {
        var keys = _read.Keys(node, "agents", "allow", "models", "deny", "environments", "largest-unverified");
        return new AgentRules(
            _read.List(keys, "allow", Name),
            _read.List(keys, "models", Name),
            _read.List(keys, "deny", _read.Glob),
            keys.ContainsKey("largest-unverified") ? (int)_read.Number(keys, "largest-unverified", 0, above: -1, atMost: 1_000_000, isWhole: true) : null)
        {
            Environments = [.. Named(keys, environments).Select(one => one.Name)],
        };
    }

    private DeployedPaths Environment(PolicyNode node)
    {
        var keys = _read.Keys(node, "an environment", "name", "paths");
        return new DeployedPaths(
            _read.Text(_read.Needed(node, keys, "name"), "a name"),
            _read.NotEmpty(_read.Needed(node, keys, "paths"), _read.List(keys, "paths", _read.Glob), "paths"));
    }

    /// <summary>The environments that a rule names, of those the policy has.</summary>
    private ImmutableArray<DeployedPaths> Named(Dictionary<string, PolicyNode> keys, ImmutableArray<DeployedPaths> environments) =>
        !keys.TryGetValue("environments", out var node) ? []
        : environments.IsEmpty ? throw _read.Wrong(node, "the rule speaks of environments, and the policy has none under 'environments'")
        : _read.NotEmpty(node, _read.List(keys, "environments", item => _read.Choice(item, "environment", [.. environments.Select(one => (one.Name, one))])), "environments");

    private NamePattern Name(PolicyNode node) => new(_read.Text(node, "a name"));

    private DebtBudget Budget(PolicyNode node)
    {
        var keys = _read.Keys(node, "a budget", "name", "paths", "statements");
        _read.Needed(node, keys, "statements");
        return new DebtBudget(
            _read.Text(_read.Needed(node, keys, "name"), "a name"),
            _read.NotEmpty(_read.Needed(node, keys, "paths"), _read.List(keys, "paths", _read.Glob), "paths"),
            (int)_read.Number(keys, "statements", 0, above: -1, atMost: int.MaxValue, isWhole: true));
    }

    private AcceptedRisk Exception(PolicyNode node, Policy policy)
    {
        var keys = _read.Keys(node, "an exception", "rule", "paths", "by", "reason", "until");
        var person = _read.Needed(node, keys, "by");
        var risk = new AcceptedRisk(
            _read.Choice(_read.Needed(node, keys, "rule"), "rule", [.. policy.RuleIds.Concat(ReportRules.Ids).Select(id => (id, id))]),
            _read.List(keys, "paths", _read.Glob),
            _read.Text(person, "a person"),
            _read.Text(_read.Needed(node, keys, "reason"), "a reason"),
            _read.Day(_read.Needed(node, keys, "until")));
        return policy.MayAccept.IsEmpty || policy.MayAccept.Contains(risk.By, StringComparer.OrdinalIgnoreCase)
            ? risk
            : throw _read.Wrong(person, $"'{PolicyYaml.Quotable(risk.By)}' may not accept a risk; 'may-accept' names {string.Join(", ", policy.MayAccept)}");
    }

    private ProofTerms Proof(PolicyNode node, ProofTerms otherwise)
    {
        var keys = _read.Keys(node, "proof", "ratio", "alpha", "days", "instances", "median-ratio", "rate");
        return new ProofTerms(
            _read.Number(keys, "ratio", otherwise.Ratio, above: 1, atMost: 1000),
            _read.Number(keys, "alpha", otherwise.Alpha, above: 0, atMost: 0.5),
            (int)_read.Number(keys, "days", otherwise.Days, above: -1, atMost: 365, isWhole: true),
            (int)_read.Number(keys, "instances", otherwise.Instances, above: 0, atMost: 1000, isWhole: true),
            _read.Number(keys, "median-ratio", otherwise.MedianRatio, above: 1, atMost: 1000),
            _read.Number(keys, "rate", otherwise.Rate, above: 0, atMost: 0.5));
    }

    private FeatureFlag Flag(PolicyNode node)
    {
        var keys = _read.Keys(node, "a flag", "key", "changes", "ramp", "when-suspect", "on", "off");
        return new FeatureFlag(
            _read.Text(_read.Needed(node, keys, "key"), "a key"),
            _read.List(keys, "changes", item => _read.Text(item, "a change")),
            _read.Number(keys, "ramp", 1, above: -1, atMost: 1),
            !keys.TryGetValue("when-suspect", out var suspect) || _read.Choice(suspect, "value", s_whenSuspect),
            keys.TryGetValue("on", out var on) ? _read.Text(on, "a value") : null,
            keys.TryGetValue("off", out var off) ? _read.Text(off, "a value") : null) is var flag && flag.On is null != (flag.Off is null)
            ? throw _read.Wrong(node, "a flag answers true and false, or both 'on' and 'off' say what")
            : flag;
    }

    private ServiceObjective Objective(PolicyNode node)
    {
        var keys = _read.Keys(node, "an objective", "service", "target");
        _read.Needed(node, keys, "target");
        return new ServiceObjective(
            _read.Text(_read.Needed(node, keys, "service"), "a service name"), _read.Number(keys, "target", 0, above: 0.5, atMost: 0.99999));
    }

    private void Version(PolicyNode root, PolicyNode? version)
    {
        if (version is null)
        {
            throw _read.Wrong(root, "'version: 1' is missing");
        }

        if (version is not PolicyNode.Scalar { Text: "1", IsPlain: true })
        {
            throw _read.Wrong(version, "this Airworthy reads policies of version 1 only");
        }
    }

    private CriticalArea Area(PolicyNode node, ProofTerms terms)
    {
        var keys = _read.Keys(node, "a critical area", "name", "paths", "owner", "criticality", "deny", "proof");
        return new CriticalArea(
            _read.Text(_read.Needed(node, keys, "name"), "a name"),
            _read.NotEmpty(_read.Needed(node, keys, "paths"), _read.List(keys, "paths", _read.Glob), "paths"),
            keys.TryGetValue("owner", out var owner) ? _read.Text(owner, "an owner") : null,
            keys.TryGetValue("criticality", out var criticality) ? _read.Choice(criticality, "criticality", s_criticalities) : Criticality.High,
            _read.List(keys, "deny", item => _read.Choice(item, "authorship", s_authors)))
        {
            Proof = keys.TryGetValue("proof", out var proof) ? Proof(proof, terms) : null,
        };
    }

    private EvidenceRule Rule(PolicyNode node, string[] areaNames, ImmutableArray<DeployedPaths> environments)
    {
        var keys = _read.Keys(node, "an evidence rule", "name", "authorship", "agents", "models", "critical", "paths", "except", "environments", "risks", "reviewers", "require");
        var required = _read.NotEmpty(_read.Needed(node, keys, "require"), _read.List(keys, "require", Required), "require");
        _read.RefuseTwice(keys, "require", required.Select(one => one.Kind.Name));
        return new EvidenceRule(
            _read.Text(_read.Needed(node, keys, "name"), "a name"),
            keys.ContainsKey("authorship") ? _read.List(keys, "authorship", item => _read.Choice(item, "authorship", s_authors)) : Policy.Unproven,
            Areas(keys, areaNames),
            _read.List(keys, "paths", _read.Glob),
            _read.List(keys, "except", _read.Glob),
            [.. required.Select(one => one.Kind)])
        {
            Agents = _read.List(keys, "agents", Name),
            Models = _read.List(keys, "models", Name),
            Environments = Named(keys, environments),
            Risks = Risks(keys),
            Reviewers = Reviewers(keys, required),
            Least = required.Where(one => one.Least is not null).ToImmutableDictionary(one => one.Kind, one => one.Least!.Value),
        };
    }

    /// <summary>The people whose review a rule takes; an <c>@</c> before a name is no part of it.</summary>
    private ImmutableArray<string> Reviewers(Dictionary<string, PolicyNode> keys, ImmutableArray<(EvidenceKind Kind, double? Least)> required) =>
        !keys.TryGetValue("reviewers", out var node) ? []
        : required.Any(one => one.Kind == EvidenceKind.HumanReview)
            ? _read.NotEmpty(node, _read.List(keys, "reviewers", item => _read.Text(item, "a person").TrimStart('@')), "reviewers")
            : throw _read.Wrong(node, "'reviewers' says whose review counts, and the rule does not require 'human-review'");

    /// <summary>A kind of evidence, by its name or as <c>name: share</c>.</summary>
    private (EvidenceKind Kind, double? Least) Required(PolicyNode node)
    {
        if (node is not PolicyNode.Mapping { Entries: [var (key, _)] } mapping)
        {
            return (_read.Choice(node, "evidence", s_evidence), null);
        }

        var kind = _read.Choice(key, "evidence", s_evidence);
        var share = _read.Keys(mapping, "evidence", kind.Name);
        return kind.IsShare
            ? (kind, _read.Number(share, kind.Name, kind.Least, above: 0, atMost: 1))
            : throw _read.Wrong(key, $"'{kind.Name}' is there or not; only {string.Join(", ", EvidenceKind.All.Where(one => one.IsShare).Select(one => one.Name))} can be asked in part");
    }

    /// <summary>The risk signals of a rule: listed by name, or <c>any</c>.</summary>
    private ImmutableArray<string> Risks(Dictionary<string, PolicyNode> keys) => !keys.TryGetValue("risks", out var node) ? []
        : node is PolicyNode.Scalar { Text: "any" } ? RiskSignal.Rules
        : _read.NotEmpty(node, _read.List(keys, "risks", item => _read.Choice(item, "risk", [.. RiskSignal.Rules.Select(name => (name, name))])), "risks");

    /// <summary>The areas of a rule: listed by name, or <c>any</c> for all there are.</summary>
    private ImmutableArray<string> Areas(Dictionary<string, PolicyNode> keys, string[] areaNames)
    {
        if (!keys.TryGetValue("critical", out var node))
        {
            return [];
        }

        if (areaNames.Length == 0)
        {
            throw _read.Wrong(node, "the rule speaks of critical areas, and the policy has none under 'critical'");
        }

        return node is PolicyNode.Scalar { Text: "any" }
            ? [.. areaNames]
            : _read.NotEmpty(node, _read.List(keys, "critical", item => _read.Choice(item, "critical area", [.. areaNames.Select(name => (name, name))])), "critical");
    }

    private (AuthorKind Unattributed, ImmutableArray<UnattributedRule> Rules) Authorship(PolicyNode? authorship)
    {
        if (authorship is null)
        {
            return (AuthorKind.Unknown, []);
        }

        var keys = _read.Keys(authorship, "authorship", "unattributed", "rules");
        return (
            keys.TryGetValue("unattributed", out var value) ? _read.Choice(value, "value", s_unattributed) : AuthorKind.Unknown,
            _read.List(keys, "rules", Unattributed));
    }

    private UnattributedRule Unattributed(PolicyNode node)
    {
        var keys = _read.Keys(node, "an authorship rule", "paths", "before", "unattributed");
        if (!keys.ContainsKey("paths") && !keys.ContainsKey("before"))
        {
            throw _read.Wrong(node, "an authorship rule needs 'paths', 'before' or both; what holds everywhere is 'authorship.unattributed'");
        }

        return new UnattributedRule(
            keys.TryGetValue("paths", out var paths) ? _read.NotEmpty(paths, _read.List(keys, "paths", _read.Glob), "paths") : [],
            keys.TryGetValue("before", out var before) ? _read.Day(before) : null,
            _read.Choice(_read.Needed(node, keys, "unattributed"), "value", s_unattributed));
    }
}
