using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>An answer that an incident got, as it was kept.</summary>
/// <param name="At">When it was given, UTC.</param>
/// <param name="Repository">The repository it is about; null when none was known.</param>
/// <param name="Attribution">The answer.</param>
public sealed record StoredAnswer(DateTimeOffset At, string? Repository, Attribution Attribution);
