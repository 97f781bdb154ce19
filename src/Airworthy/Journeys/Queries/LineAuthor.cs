using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>Where a line comes from.</summary>
/// <param name="Sha">The commit that wrote it.</param>
/// <param name="Authorship">Who wrote that commit.</param>
/// <param name="Agents">The agents that wrote it.</param>
public sealed record LineAuthor(string Sha, AuthorKind Authorship, IReadOnlyList<WrittenBy> Agents);
