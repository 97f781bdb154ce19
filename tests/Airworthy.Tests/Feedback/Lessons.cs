using Airworthy.Model;

namespace Airworthy.Tests.Feedback;

/// <summary>Makes lessons for tests.</summary>
internal static class Lessons
{
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public static Lesson Lesson(int number, string? rule = null, int recurrences = 0, int daysLeft = 90) => new(
        new LessonId($"L{number}"),
        "culture-dependent-parse",
        ["src/Shop/**"],
        rule ?? $"Rule {number}: parse prices with `CultureInfo.InvariantCulture`.",
        Guard: null,
        new IncidentId($"inc-{number}"),
        Change: null,
        "shop",
        Now.AddDays(-number),
        Now.AddDays(daysLeft),
        recurrences) { State = LessonState.Accepted, Owner = "Ada", AcceptedAt = Now.AddDays(-number) };
}
