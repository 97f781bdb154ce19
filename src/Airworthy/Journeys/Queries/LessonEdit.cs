using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>What a person changes of a lesson; what is null stays.</summary>
/// <param name="By">Who changes it.</param>
/// <param name="State">Accepted or retired.</param>
/// <param name="Rule">The rule, in the person's own words.</param>
/// <param name="Guard">The test, rule, analyzer or alert that catches it.</param>
/// <param name="GuardKind">Which of these it is.</param>
/// <param name="Scope">Globs of the paths it speaks of.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Until">When it expires.</param>
/// <param name="Reason">Why; needed to retire it.</param>
public sealed record LessonEdit(
    string By,
    LessonState? State = null,
    string? Rule = null,
    string? Guard = null,
    GuardKind? GuardKind = null,
    IReadOnlyList<string>? Scope = null,
    string? Owner = null,
    DateTimeOffset? Until = null,
    string? Reason = null);
