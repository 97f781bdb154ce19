using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>Paths that production depends on, under one name.</summary>
/// <param name="Name">Its name; unique in the policy.</param>
/// <param name="Paths">What belongs to it.</param>
/// <param name="Owner">Who answers for it, as written; null when not told.</param>
/// <param name="Criticality">How much depends on it. The default value is <see cref="Criticality.High"/>.</param>
/// <param name="Deny">Authorships that may not change it: such a change fails whatever its evidence. The default is none.</param>
public sealed record CriticalArea(
    string Name, ImmutableArray<GlobPattern> Paths, string? Owner, Criticality Criticality, ImmutableArray<AuthorKind> Deny)
{
    /// <summary>What production must show of changes in it; null where the policy's own terms hold.</summary>
    public ProofTerms? Proof { get; init; }

    /// <summary>The name of its denial in verdicts and exceptions.</summary>
    public string DenyId => $"deny/{Name}";

    /// <summary>True when <paramref name="path"/> belongs to this area.</summary>
    public bool Holds(RepoPath path) => Paths.Any(glob => glob.Matches(path));
}
