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
    /// <summary>True when the rule speaks of lines by <paramref name="author"/> in <paramref name="path"/>, which lies in <paramref name="areas"/>.</summary>
    public bool AppliesTo(AuthorKind author, RepoPath path, IReadOnlyCollection<CriticalArea> areas) =>
        Authorship.Contains(author)
        && (Areas.IsEmpty || areas.Any(area => Areas.Contains(area.Name, StringComparer.Ordinal)))
        && (Paths.IsEmpty || Paths.Any(glob => glob.Matches(path)))
        && !Except.Any(glob => glob.Matches(path));
}
