using Airworthy.Model;

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
    int Recurrences)
{
    /// <summary>Where it stands; only accepted ones reach agents.</summary>
    public LessonState State { get; init; }

    /// <summary>What kind of guard it is.</summary>
    public GuardKind GuardKind { get; init; }

    /// <summary>Who answers for it; null while nobody accepted it.</summary>
    public string? Owner { get; init; }

    /// <summary>When it was accepted, UTC.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Why it was retired, and by whom.</summary>
    public string? RetiredBecause { get; init; }

    /// <summary>How often its class came up in its scope before and after it was accepted; null when not counted.</summary>
    public LessonCourse? Course { get; init; }
}
