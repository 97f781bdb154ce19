using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>
/// The lessons that are worth a place in an instruction file: what a person accepted, what has not expired and is not known to be of no use.
/// Few, for agents follow fewer of many rules: the most valuable first, and the rest stays with the server.
/// </summary>
/// <param name="Lessons">Those chosen, in the order they are written.</param>
/// <param name="LeftOut">How many more are in force.</param>
public sealed record LessonSelection(ImmutableArray<Lesson> Lessons, int LeftOut)
{
    /// <summary>The most rules an instruction file is given.</summary>
    public const int MaxRules = 12;

    private const double HalfLifeDays = 90;

    /// <summary>No lesson.</summary>
    public static LessonSelection None { get; } = new([], 0);

    /// <summary>Selects from <paramref name="lessons"/> what is in force at <paramref name="now"/>; of lessons with one id, the newest.</summary>
    /// <param name="lessons">Lessons.</param>
    /// <param name="now">When they are written.</param>
    /// <param name="courses">What is known of each one's recurrence; those that are not there were not measured.</param>
    public static LessonSelection Of(IEnumerable<Lesson> lessons, DateTimeOffset now, IReadOnlyDictionary<LessonId, LessonCourse>? courses = null)
    {
        var inForce = lessons
            .Where(lesson => lesson.State == LessonState.Accepted && lesson.Expires > now)
            .GroupBy(lesson => lesson.Id)
            .Select(same => same.MaxBy(lesson => lesson.Written)!)
            .Select(lesson => (Lesson: lesson, Course: courses?.GetValueOrDefault(lesson.Id)))
            .Where(known => known.Course is not { IsIneffective: true })
            .OrderByDescending(known => Value(known.Lesson, known.Course, now))
            .ThenByDescending(known => known.Lesson.Written)
            .ThenBy(known => known.Lesson.Id.Value, StringComparer.Ordinal)
            .Select(known => known.Lesson)
            .ToArray();
        return new([.. inForce.Take(MaxRules)], Math.Max(0, inForce.Length - MaxRules));
    }

    /// <summary>
    /// What a rule can be expected to prevent: how often its class came up in its scope, halved for each 90 days since it did last. A failure that
    /// came up more often and of late is likelier to come up again.
    /// </summary>
    private static double Value(Lesson lesson, LessonCourse? course, DateTimeOffset now)
    {
        var seen = course is null ? lesson.Recurrences + 1 : Math.Max(lesson.Recurrences + 1, course.Before.Incidents + (course.After?.Incidents ?? 0));
        var age = Math.Max(0, (now - (course?.LastSeen ?? lesson.Written)).TotalDays);
        return seen * Math.Pow(0.5, age / HalfLifeDays);
    }
}
