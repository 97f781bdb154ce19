using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>Which evidence a changed unit must have, by who wrote it and where it stands.</summary>
/// <param name="Name">The rule's name; unique in the policy.</param>
/// <param name="Authorship">Whose lines it speaks of. The default is <c>ai</c> and <c>unknown</c>.</param>
/// <param name="Areas">The critical areas it is limited to; empty: every path.</param>
/// <param name="Paths">The paths it is limited to; empty: every path.</param>
/// <param name="Except">Paths it leaves alone.</param>
/// <param name="Require">What it asks for.</param>
public sealed record EvidenceRule(
    string Name,
    ImmutableArray<AuthorKind> Authorship,
    ImmutableArray<string> Areas,
    ImmutableArray<GlobPattern> Paths,
    ImmutableArray<GlobPattern> Except,
    ImmutableArray<EvidenceKind> Require)
{
    /// <summary>The agents it is limited to; empty: any. Limited, it speaks of no line whose agent is not named.</summary>
    public ImmutableArray<NamePattern> Agents { get; init; } = [];

    /// <summary>The models it is limited to; empty: any.</summary>
    public ImmutableArray<NamePattern> Models { get; init; } = [];

    /// <summary>The environments it is limited to; empty: wherever the code runs.</summary>
    public ImmutableArray<DeployedPaths> Environments { get; init; } = [];

    /// <summary>The risk signals it is limited to; empty: whatever the code looks like.</summary>
    public ImmutableArray<string> Risks { get; init; } = [];

    /// <summary>The people whose review counts; empty: anybody's but the author's.</summary>
    public ImmutableArray<string> Reviewers { get; init; } = [];

    /// <summary>The least share of good observations, where it is not the kind's own.</summary>
    public ImmutableDictionary<EvidenceKind, double> Least { get; init; } = ImmutableDictionary<EvidenceKind, double>.Empty;

    /// <summary>The name by which verdicts and exceptions speak of it.</summary>
    public string Id => $"evidence/{Name}";

    /// <summary>The share of good observations of <paramref name="kind"/> that it asks.</summary>
    public double LeastOf(EvidenceKind kind) => Least.GetValueOrDefault(kind, kind.Least);

    /// <summary>True when a piece of evidence is of whom the rule asks it.</summary>
    public bool Takes(Evidence evidence) =>
        Reviewers.IsEmpty || evidence.Kind != EvidenceKind.HumanReview.Name || Reviewers.Contains(evidence.Source, StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the rule speaks of lines by <paramref name="author"/> in <paramref name="path"/>, which lies in <paramref name="areas"/>.</summary>
    public bool AppliesTo(AuthorKind author, RepoPath path, IReadOnlyCollection<CriticalArea> areas) =>
        Authorship.Contains(author)
        && (Areas.IsEmpty || areas.Any(area => Areas.Contains(area.Name, StringComparer.Ordinal)))
        && (Environments.IsEmpty || Environments.Any(environment => environment.Holds(path)))
        && (Paths.IsEmpty || Paths.Any(glob => glob.Matches(path)))
        && !Except.Any(glob => glob.Matches(path));

    /// <summary>True when the rule speaks of <paramref name="changed"/>.</summary>
    public bool AppliesTo(ChangedUnit changed, IReadOnlyCollection<CriticalArea> areas) =>
        AppliesTo(changed.Authorship.Kind, changed.Unit.Path, areas)
        && (Agents.IsEmpty || changed.Authorship.Agents.Any(agent => Agents.Any(name => name.Matches(agent.Name))))
        && (Models.IsEmpty || changed.Authorship.Agents.Any(agent => agent.Model is { } model && Models.Any(name => name.Matches(model))))
        && (Risks.IsEmpty || changed.Risks.Any(risk => Risks.Contains(risk.Rule, StringComparer.Ordinal)));
}
