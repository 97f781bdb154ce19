using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Probes;

/// <summary>Which lines of which files are on probation at one revision: what a build needs to know to put probes into them.</summary>
/// <param name="Revision">The commit it speaks of.</param>
/// <param name="PolicyDigest">The digest of the policy that says who is on probation.</param>
/// <param name="Probation">Whose lines are on probation.</param>
/// <param name="IsShallow">True when the clone was shallow: lines older than its end are of unknown authorship.</param>
/// <param name="Files">Every source file of the revision, also those without such a line: a file that is not here is newer.</param>
public sealed record ProbeManifest(
    string Revision, string PolicyDigest, ImmutableArray<AuthorKind> Probation, bool IsShallow, ImmutableArray<WatchedFile> Files);
