using System.Collections.Immutable;

namespace Airworthy.Model;

/// <summary>What an incident taught, in a form that can act: a rule for agents and a guard that would have caught it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="FailureClass">The class of failure, e.g. <c>culture-dependent-parse</c>.</param>
/// <param name="Scope">Globs of the paths it speaks of.</param>
/// <param name="Rule">The rule, one or two sentences, made of our own words and code names only: never text from production.</param>
/// <param name="Guard">The test or gate that would catch it again; null when none is known.</param>
/// <param name="Incident">The incident behind it.</param>
/// <param name="Change">The change that caused it.</param>
/// <param name="Repository">The repository it belongs to.</param>
/// <param name="Written">When, UTC.</param>
/// <param name="Expires">After this it is retired unless it recurred.</param>
/// <param name="Recurrences">How often the class came back in scope since.</param>
public sealed record Lesson(
    LessonId Id,
    string FailureClass,
    ImmutableArray<string> Scope,
    string Rule,
    string? Guard,
    IncidentId Incident,
    ChangeId? Change,
    string Repository,
    DateTimeOffset Written,
    DateTimeOffset Expires,
    int Recurrences)
{
    /// <summary>Where it stands. The default is <see cref="LessonState.Draft"/>.</summary>
    public LessonState State { get; init; }

    /// <summary>What kind of guard <see cref="Guard"/> is.</summary>
    public GuardKind GuardKind { get; init; }

    /// <summary>Who answers for it; null while nobody accepted it.</summary>
    public string? Owner { get; init; }

    /// <summary>When it was accepted, UTC; null while it was not.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Why it was retired, and by whom; null while it was not.</summary>
    public string? RetiredBecause { get; init; }
}
