namespace Airworthy.Journeys.Queries;

/// <summary>A lesson as answers show it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="FailureClass">The class of failure.</param>
/// <param name="Scope">Globs of the paths it speaks of.</param>
/// <param name="Rule">The rule for agents.</param>
/// <param name="Guard">The test or gate that would catch it again; null when none is known.</param>
/// <param name="Incident">The incident behind it.</param>
/// <param name="Change">The change that caused it.</param>
/// <param name="Repository">The repository it belongs to.</param>
/// <param name="Written">When, UTC.</param>
/// <param name="Expires">After this it is retired unless it recurred.</param>
/// <param name="Recurrences">How often the class came back in scope since.</param>
public sealed record LessonSummary(
    string Id,
    string FailureClass,
    IReadOnlyList<string> Scope,
    string Rule,
    string? Guard,
    string Incident,
    string? Change,
    string Repository,
    DateTimeOffset Written,
    DateTimeOffset Expires,
    int Recurrences);
