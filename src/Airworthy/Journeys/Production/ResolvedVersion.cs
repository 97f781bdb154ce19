using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys.Production;

/// <summary>What a service's version means: a repository, and the revision in it.</summary>
/// <param name="Repository">The repository's name.</param>
/// <param name="Git">That repository, open.</param>
/// <param name="Revision">The revision; its commit is null while the repository does not hold it.</param>
public sealed record ResolvedVersion(string Repository, GitRepository Git, DeployedRevision Revision);
