namespace Airworthy.Journeys.Queries;

/// <summary>An agent, as answers name it.</summary>
/// <param name="Agent">Its short name, e.g. <c>claude-code</c>.</param>
/// <param name="Model">The model; null when not told.</param>
/// <param name="Session">The session, an id or a link; null when not told. From the repository: hostile.</param>
public sealed record WrittenBy(string Agent, string? Model, string? Session);
