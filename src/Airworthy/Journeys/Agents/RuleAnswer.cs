using System.Globalization;
using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Journeys.Agents;

/// <summary>A rule that holds for some paths. Its text is our own words, accepted by a person; of code only names stand in it.</summary>
/// <param name="Source"><c>lesson</c>: an incident taught it; <c>policy</c>: the gate asks it.</param>
/// <param name="Id">The lesson's or the policy rule's name.</param>
/// <param name="Rule">What to do.</param>
/// <param name="Guard">The test or gate that catches it; null when none is known.</param>
/// <param name="Paths">Where it holds.</param>
/// <param name="Incident">The incident behind it; null for a policy's.</param>
/// <param name="Until">When it ends; null when it does not.</param>
public sealed record RuleAnswer(string Source, Quote Id, string Rule, string? Guard, IReadOnlyList<Quote> Paths, string? Incident, string? Until)
{
    private const int LongestRule = 600;
    private const int MostPaths = 5;

    /// <summary>True when a person accepted the lesson, it has not expired, and is not known to be of no use.</summary>
    internal static bool IsInForce(LessonSummary lesson, DateTimeOffset now) =>
        lesson.State == LessonState.Accepted && lesson.Expires > now && lesson.Course is not { IsIneffective: true };

    internal static RuleAnswer Of(LessonSummary lesson) => new(
        "lesson",
        Quote.Of(lesson.Id, 80),
        InertText.Line(lesson.Rule, LongestRule),
        lesson.Guard is null ? null : InertText.Line(lesson.Guard, LongestRule),
        Quote.Of(lesson.Scope, MostPaths),
        InertText.Line(lesson.Incident, 80),
        lesson.Expires.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
}
