using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>
/// Reads <c>airworthy.yml</c>. Strict: what is not understood is refused with its line and column, because a rule that is silently
/// skipped is a gate that silently opens.
/// </summary>
public sealed class PolicyReader
{
    private const int MaxListed = 1_000;
    private const int MaxNameLength = 200;

    private static readonly ImmutableArray<(string Name, AuthorKind Value)> s_authors =
        [("ai", AuthorKind.Ai), ("human", AuthorKind.Human), ("unknown", AuthorKind.Unknown)];

    private static readonly ImmutableArray<(string Name, AuthorKind Value)> s_unattributed =
        [("unknown", AuthorKind.Unknown), ("human", AuthorKind.Human)];

    private static readonly ImmutableArray<(string Name, Criticality Value)> s_criticalities =
        [("low", Criticality.Low), ("medium", Criticality.Medium), ("high", Criticality.High)];

    private static readonly ImmutableArray<(string Name, EvidenceKind Value)> s_evidence = [.. EvidenceKind.All.Select(kind => (kind.Name, kind))];

    private readonly string _file;

    private PolicyReader(string file) => _file = file;

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
        var keys = Keys(root, "the policy", "version", "services", "critical", "probation", "proof", "authorship", "evidence");
        Version(root, keys.GetValueOrDefault("version"));
        var critical = List(keys, "critical", Area);
        RefuseTwice(keys, "critical", critical.Select(area => area.Name));
        var areaNames = critical.Select(area => area.Name).ToArray();
        var evidence = keys.ContainsKey("evidence")
            ? List(keys, "evidence", node => Rule(node, areaNames))
            : Policy.DefaultEvidence;
        RefuseTwice(keys, "evidence", evidence.Select(rule => rule.Name));
        var (unattributed, exceptions) = Authorship(keys.GetValueOrDefault("authorship"));
        return new Policy(
            Digest: "",
            List(keys, "services", node => Text(node, "a service name")),
            critical,
            keys.ContainsKey("probation") ? List(keys, "probation", node => Choice(node, "authorship", s_authors)) : Policy.Unproven,
            unattributed,
            evidence)
        {
            UnattributedRules = exceptions,
            Proof = keys.TryGetValue("proof", out var proof) ? Proof(proof) : new ProofTerms(),
        };
    }

    private ProofTerms Proof(PolicyNode node)
    {
        var keys = Keys(node, "proof", "ratio", "alpha", "days", "instances");
        var given = new ProofTerms();
        return new ProofTerms(
            Number(keys, "ratio", given.Ratio, above: 1, atMost: 1000),
            Number(keys, "alpha", given.Alpha, above: 0, atMost: 0.5),
            (int)Number(keys, "days", given.Days, above: -1, atMost: 365, isWhole: true),
            (int)Number(keys, "instances", given.Instances, above: 0, atMost: 1000, isWhole: true));
    }

    private double Number(Dictionary<string, PolicyNode> keys, string key, double otherwise, double above, double atMost, bool isWhole = false)
    {
        if (!keys.TryGetValue(key, out var node))
        {
            return otherwise;
        }

        var text = Text(node, "a number");
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number > above && number <= atMost && (!isWhole || double.IsInteger(number))
            ? number
            : throw Wrong(node, string.Create(
                CultureInfo.InvariantCulture,
                $"'{key}' is '{text}': give a {(isWhole ? "whole " : "")}number {(isWhole ? $"from {above + 1} to" : $"above {above} and up to")} {atMost}"));
    }

    private void Version(PolicyNode root, PolicyNode? version)
    {
        if (version is null)
        {
            throw Wrong(root, "'version: 1' is missing");
        }

        if (version is not PolicyNode.Scalar { Text: "1", IsPlain: true })
        {
            throw Wrong(version, "this Airworthy reads policies of version 1 only");
        }
    }

    private CriticalArea Area(PolicyNode node)
    {
        var keys = Keys(node, "a critical area", "name", "paths", "owner", "criticality", "deny");
        return new CriticalArea(
            Text(Needed(node, keys, "name"), "a name"),
            NotEmpty(Needed(node, keys, "paths"), List(keys, "paths", Glob), "paths"),
            keys.TryGetValue("owner", out var owner) ? Text(owner, "an owner") : null,
            keys.TryGetValue("criticality", out var criticality) ? Choice(criticality, "criticality", s_criticalities) : Criticality.High,
            List(keys, "deny", item => Choice(item, "authorship", s_authors)));
    }

    private EvidenceRule Rule(PolicyNode node, string[] areaNames)
    {
        var keys = Keys(node, "an evidence rule", "name", "authorship", "critical", "paths", "except", "require");
        return new EvidenceRule(
            Text(Needed(node, keys, "name"), "a name"),
            keys.ContainsKey("authorship") ? List(keys, "authorship", item => Choice(item, "authorship", s_authors)) : Policy.Unproven,
            Areas(keys, areaNames),
            List(keys, "paths", Glob),
            List(keys, "except", Glob),
            NotEmpty(Needed(node, keys, "require"), List(keys, "require", item => Choice(item, "evidence", s_evidence)), "require"));
    }

    /// <summary>The areas of a rule: listed by name, or <c>any</c> for all there are.</summary>
    private ImmutableArray<string> Areas(Dictionary<string, PolicyNode> keys, string[] areaNames)
    {
        if (!keys.TryGetValue("critical", out var node))
        {
            return [];
        }

        if (areaNames.Length == 0)
        {
            throw Wrong(node, "the rule speaks of critical areas, and the policy has none under 'critical'");
        }

        return node is PolicyNode.Scalar { Text: "any" }
            ? [.. areaNames]
            : NotEmpty(node, List(keys, "critical", item => Choice(item, "critical area", [.. areaNames.Select(name => (name, name))])), "critical");
    }

    private (AuthorKind Unattributed, ImmutableArray<UnattributedRule> Rules) Authorship(PolicyNode? authorship)
    {
        if (authorship is null)
        {
            return (AuthorKind.Unknown, []);
        }

        var keys = Keys(authorship, "authorship", "unattributed", "rules");
        return (
            keys.TryGetValue("unattributed", out var value) ? Choice(value, "value", s_unattributed) : AuthorKind.Unknown,
            List(keys, "rules", Unattributed));
    }

    private UnattributedRule Unattributed(PolicyNode node)
    {
        var keys = Keys(node, "an authorship rule", "paths", "before", "unattributed");
        if (!keys.ContainsKey("paths") && !keys.ContainsKey("before"))
        {
            throw Wrong(node, "an authorship rule needs 'paths', 'before' or both; what holds everywhere is 'authorship.unattributed'");
        }

        return new UnattributedRule(
            keys.TryGetValue("paths", out var paths) ? NotEmpty(paths, List(keys, "paths", Glob), "paths") : [],
            keys.TryGetValue("before", out var before) ? Day(before) : null,
            Choice(Needed(node, keys, "unattributed"), "value", s_unattributed));
    }

    private DateOnly Day(PolicyNode node) =>
        DateOnly.TryParseExact(Text(node, "a date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Wrong(node, "a date is written as year-month-day, such as 2025-02-24");

    private GlobPattern Glob(PolicyNode node)
    {
        try
        {
            return GlobPattern.Parse(Text(node, "a path pattern"));
        }
        catch (FormatException problem)
        {
            throw Wrong(node, problem.Message, problem);
        }
    }

    private Dictionary<string, PolicyNode> Keys(PolicyNode node, string what, params string[] known)
    {
        if (node is not PolicyNode.Mapping mapping)
        {
            throw Wrong(node, $"{what} must be keys and values, such as '{known[0]}: …'");
        }

        foreach (var (key, _) in mapping.Entries)
        {
            if (!known.Contains(key.Text, StringComparer.Ordinal))
            {
                throw Wrong(key, $"unknown key '{PolicyYaml.Quotable(key.Text)}' in {what}; {Suggestion(key.Text, known)}");
            }
        }

        return mapping.Entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value, StringComparer.Ordinal);
    }

    private ImmutableArray<T> List<T>(Dictionary<string, PolicyNode> keys, string key, Func<PolicyNode, T> read)
    {
        if (!keys.TryGetValue(key, out var node))
        {
            return [];
        }

        if (node is not PolicyNode.Sequence list)
        {
            throw Wrong(node, $"'{key}' must be a list, such as '{key}: [ … ]'");
        }

        if (list.Items.Length > MaxListed)
        {
            throw Wrong(node, $"'{key}' may list at most {MaxListed:N0}");
        }

        return [.. list.Items.Select(read)];
    }

    private string Text(PolicyNode node, string what) => node switch
    {
        PolicyNode.Scalar { Text: "" } => throw Wrong(node, $"{what} is missing here"),
        PolicyNode.Scalar { IsPlain: true, Text: "~" or "null" } => throw Wrong(node, $"{what} is missing here"),
        PolicyNode.Scalar { Text.Length: > MaxNameLength } => throw Wrong(node, $"{what} may have at most {MaxNameLength} characters"),
        PolicyNode.Scalar scalar when scalar.Text.Any(char.IsControl) => throw Wrong(node, $"{what} can't hold control characters"),
        PolicyNode.Scalar scalar => scalar.Text,
        _ => throw Wrong(node, $"{what} must be one value"),
    };

    private T Choice<T>(PolicyNode node, string what, ImmutableArray<(string Name, T Value)> choices)
    {
        var text = Text(node, $"one of {string.Join(", ", choices.Select(choice => choice.Name))}");
        foreach (var (name, value) in choices)
        {
            if (string.Equals(name, text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        throw Wrong(node, $"unknown {what} '{PolicyYaml.Quotable(text)}'; {Suggestion(text, [.. choices.Select(choice => choice.Name)])}");
    }

    private PolicyNode Needed(PolicyNode owner, Dictionary<string, PolicyNode> keys, string key) =>
        keys.TryGetValue(key, out var value) ? value : throw Wrong(owner, $"'{key}' is missing");

    private ImmutableArray<T> NotEmpty<T>(PolicyNode node, ImmutableArray<T> list, string key) =>
        list.IsEmpty ? throw Wrong(node, $"'{key}' must list at least one") : list;

    private void RefuseTwice(Dictionary<string, PolicyNode> keys, string key, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var position = 0;
        foreach (var name in names)
        {
            if (!seen.Add(name))
            {
                throw Wrong(((PolicyNode.Sequence)keys[key]).Items[position], $"the name '{PolicyYaml.Quotable(name)}' is taken by an earlier entry of '{key}'");
            }

            position++;
        }
    }

    private static string Suggestion(string typed, string[] known) =>
        NearestName.Of(typed, known) is { } nearest ? $"did you mean '{nearest}'?" : $"known are {string.Join(", ", known)}";

    private PolicyException Wrong(PolicyNode at, string problem, Exception? cause = null) => new(_file, at.Line, at.Column, problem, cause);
}
