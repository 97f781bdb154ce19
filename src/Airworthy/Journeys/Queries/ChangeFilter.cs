using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>Which changes are asked for.</summary>
/// <param name="Repository">Only of this repository; null for all.</param>
/// <param name="State">Only in this state; null for all.</param>
/// <param name="Authorship">Only written by these; null for all.</param>
/// <param name="Limit">At most so many. The default value is 100.</param>
/// <param name="Agent">Only of this agent, by its name; null for all.</param>
/// <param name="Service">Only what was seen running in this service; null for all.</param>
/// <param name="Path">Only what changed a file whose path holds this text; null for all.</param>
/// <param name="ByExposure">True: the most called first, in place of suspects and the newest.</param>
public sealed record ChangeFilter(
    string? Repository = null,
    ChangeState? State = null,
    AuthorKind? Authorship = null,
    int Limit = 100,
    string? Agent = null,
    string? Service = null,
    string? Path = null,
    bool ByExposure = false);
