namespace Airworthy.Journeys.Queries;

/// <summary>Which evidence is asked for.</summary>
/// <param name="Service"><c>service.name</c>.</param>
/// <param name="Revision">Only at this revision: a full or abbreviated commit, a tag, a branch; null for all.</param>
/// <param name="From">Only events at or after this, UTC; null is open.</param>
/// <param name="To">Only events before this, UTC; null is open.</param>
public sealed record EvidenceQuestion(string Service, string? Revision, DateTimeOffset? From, DateTimeOffset? To);
