using Airworthy.Git;

namespace Airworthy.Journeys.Agents;

/// <summary>A repository that an agent asks about.</summary>
/// <param name="Git">The repository.</param>
/// <param name="Name">Its name, as the server knows it where one is asked.</param>
public sealed record AgentRepository(GitRepository Git, string Name);
