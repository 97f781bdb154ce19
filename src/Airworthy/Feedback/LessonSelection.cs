using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>
/// The lessons that are worth a place in an instruction file. Few: agents follow fewer of many rules, so what recurs comes first, then
/// what is newest, and the rest stays with the server.
/// </summary>
/// <param name="Lessons">Those in force, in the order they are written.</param>
/// <param name="LeftOut">How many more are in force.</param>
public sealed record LessonSelection(ImmutableArray<Lesson> Lessons, int LeftOut)
{
    /// <summary>The most rules an instruction file is given.</summary>
    public const int MaxRules = 12;

    /// <summary>Selects from <paramref name="lessons"/> what is in force at <paramref name="now"/>; of lessons with one id, the newest.</summary>
    public static LessonSelection Of(IEnumerable<Lesson> lessons, DateTimeOffset now)
    {
        var inForce = lessons
            .Where(lesson => lesson.Expires > now)
            .GroupBy(lesson => lesson.Id)
            .Select(same => same.MaxBy(lesson => lesson.Written)!)
            .OrderByDescending(lesson => lesson.Recurrences)
            .ThenByDescending(lesson => lesson.Written)
            .ThenBy(lesson => lesson.Id.Value, StringComparer.Ordinal)
            .ToArray();
        return new([.. inForce.Take(MaxRules)], Math.Max(0, inForce.Length - MaxRules));
    }
}
