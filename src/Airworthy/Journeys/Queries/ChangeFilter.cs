using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>Which changes are asked for.</summary>
/// <param name="Repository">Only of this repository; null for all.</param>
/// <param name="State">Only in this state; null for all.</param>
/// <param name="Authorship">Only written by these; null for all.</param>
/// <param name="Limit">At most so many. The default value is 100.</param>
public sealed record ChangeFilter(string? Repository = null, ChangeState? State = null, AuthorKind? Authorship = null, int Limit = 100);
