using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>What a repository asks of its changes: <c>airworthy.yml</c>, read. See docs/write-a-policy.md.</summary>
/// <param name="Digest">SHA-256 of the file's bytes, hex, lower case; <c>default</c> when no file was there.</param>
/// <param name="Services">The <c>service.name</c>s that run this repository's code: a claim, confirmed by the server's operator.</param>
/// <param name="Critical">The critical areas, in the file's order.</param>
/// <param name="Probation">Whose changes are watched in production until they are proven. The default is <c>ai</c> and <c>unknown</c>.</param>
/// <param name="Unattributed">What a commit without any mark counts as: <see cref="AuthorKind.Unknown"/> unless the repository declares it a person's.</param>
/// <param name="Evidence">The rules, in the file's order.</param>
public sealed record Policy(
    string Digest,
    ImmutableArray<string> Services,
    ImmutableArray<CriticalArea> Critical,
    ImmutableArray<AuthorKind> Probation,
    AuthorKind Unattributed,
    ImmutableArray<EvidenceRule> Evidence)
{
    /// <summary>Where a repository keeps it.</summary>
    public static RepoPath FileName { get; } = new("airworthy.yml");

    /// <summary>The authorships that are watched and asked for evidence unless a policy says otherwise.</summary>
    public static ImmutableArray<AuthorKind> Unproven { get; } = [AuthorKind.Ai, AuthorKind.Unknown];

    /// <summary>Where tests usually stand.</summary>
    public static ImmutableArray<GlobPattern> DefaultTests { get; } =
        [.. new[] { "test/", "tests/", "*.Tests/", "*.Test/", "*_test.*", "test_*", "*.test.*", "*.spec.*" }.Select(GlobPattern.Parse)];

    /// <summary>The rules of a policy that has no <c>evidence:</c>: changed code that no person attests needs statement coverage, tests aside.</summary>
    public static ImmutableArray<EvidenceRule> DefaultEvidence { get; } =
    [
        new EvidenceRule(
            "covered",
            Unproven,
            [],
            [],
            DefaultTests,
            [EvidenceKind.StatementCoverage]),
    ];

    /// <summary>Names that only generators write.</summary>
    public static ImmutableArray<GlobPattern> DefaultGenerated { get; } =
        [.. new[] { "*.g.cs", "*.g.i.cs", "*.Designer.cs", "*.designer.cs", "*.generated.cs", "*.pb.go", "*_pb2.py", "*_pb2_grpc.py", "*.min.js" }.Select(GlobPattern.Parse)];

    /// <summary>What holds where no <c>airworthy.yml</c> is: the default rules, and nothing is critical.</summary>
    public static Policy Default { get; } = new("default", [], [], Unproven, AuthorKind.Unknown, DefaultEvidence);

    /// <summary>Exceptions from <see cref="Unattributed"/>, by path or date; the first that holds decides.</summary>
    public ImmutableArray<UnattributedRule> UnattributedRules { get; init; } = [];

    /// <summary>What production must show until a change is proven, where no critical area asks for more.</summary>
    public ProofTerms Proof { get; init; } = new();

    /// <summary>Feature flags that keep changes off.</summary>
    public ImmutableArray<FeatureFlag> FeatureFlags { get; init; } = [];

    /// <summary>How much of its services' work must succeed.</summary>
    public ImmutableArray<ServiceObjective> Objectives { get; init; } = [];

    /// <summary>What agents may do at all.</summary>
    public AgentRules Agents { get; init; } = AgentRules.None;

    /// <summary>Exceptions, in the file's order, also those that lapsed.</summary>
    public ImmutableArray<AcceptedRisk> Exceptions { get; init; } = [];

    /// <summary>Who may accept a risk; empty: whoever may land a change of the policy.</summary>
    public ImmutableArray<string> MayAccept { get; init; } = [];

    /// <summary>How much agent debt there may be, by path.</summary>
    public ImmutableArray<DebtBudget> Budgets { get; init; } = [];

    /// <summary>Names of methods that ask a feature flag, beside those that are known.</summary>
    public ImmutableArray<string> Flags { get; init; } = [];

    /// <summary>Which paths run in which environment; a path of none may run anywhere.</summary>
    public ImmutableArray<DeployedPaths> Environments { get; init; } = [];

    /// <summary>Files a program writes; nothing is asked of them.</summary>
    public ImmutableArray<GlobPattern> Generated { get; init; } = DefaultGenerated;

    /// <summary>The names of all its rules, as verdicts and exceptions call them, in the order they are asked.</summary>
    public IEnumerable<string> RuleIds =>
        [.. Agents.Ids, .. Critical.Where(area => !area.Deny.IsEmpty).Select(area => area.DenyId), .. Evidence.Select(rule => rule.Id), .. Budgets.Select(budget => budget.Id)];

    /// <summary>True when a program writes <paramref name="path"/>, by its name.</summary>
    public bool IsGenerated(RepoPath path) => Generated.Any(glob => glob.Matches(path));

    /// <summary>What counts where nothing marks a file's lines committed at <paramref name="at"/>; of a whole commit, <paramref name="path"/> is null.</summary>
    public AuthorKind UnattributedOf(RepoPath? path, DateTimeOffset at) =>
        UnattributedRules.FirstOrDefault(rule => rule.Holds(path, at))?.CountsAs ?? Unattributed;

    /// <summary>What production must show of a change in <paramref name="paths"/>: of all areas it is in, the strictest.</summary>
    public ProofTerms ProofOf(IEnumerable<RepoPath> paths) => paths
        .SelectMany(path => AreasOf(path))
        .Select(area => area.Proof)
        .OfType<ProofTerms>()
        .Aggregate((ProofTerms?)null, (terms, area) => terms?.And(area) ?? area) ?? Proof;

    /// <summary>The critical areas that <paramref name="path"/> lies in, the most critical first.</summary>
    public ImmutableArray<CriticalArea> AreasOf(RepoPath path) =>
        [.. Critical.Where(area => area.Holds(path)).OrderByDescending(area => area.Criticality)];
}
