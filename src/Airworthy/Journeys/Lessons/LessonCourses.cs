using Airworthy.Feedback;
using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Lessons;

/// <summary>Counts how often each lesson's class came up in its scope before and after it was accepted, beside the changes that landed meanwhile.</summary>
public sealed class LessonCourses(ILessonStore lessons, IChangeLedger ledger, TimeProvider time)
{
    private const int MostChanges = 100_000;

    /// <summary>The course of each of <paramref name="some"/> lessons.</summary>
    public async Task<IReadOnlyDictionary<LessonId, LessonCourse>> OfAsync(IReadOnlyCollection<Lesson> some, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(some);
        var courses = new Dictionary<LessonId, LessonCourse>();
        var now = time.GetUtcNow();
        foreach (var repository in some.GroupBy(lesson => lesson.Repository, StringComparer.Ordinal))
        {
            var seen = await lessons.SightingsAsync(repository.Key, cancel);
            var landed = (await ledger.ListAsync(repository.Key, state: null, MostChanges, cancel)).Select(tracked => tracked.Change.LandedAt).Order().ToArray();
            foreach (var lesson in repository)
            {
                courses[lesson.Id] = Of(lesson, seen, landed, now);
            }
        }

        return courses;
    }

    private static LessonCourse Of(Lesson lesson, IReadOnlyList<LessonSighting> seen, DateTimeOffset[] landed, DateTimeOffset now)
    {
        var own = seen
            .Where(sighting => string.Equals(sighting.FailureClass, lesson.FailureClass, StringComparison.Ordinal)
                && (sighting.Path is { } path ? LessonScope.Holds(lesson.Scope, path) : lesson.Scope.Contains("**", StringComparer.Ordinal)))
            .Select(sighting => sighting.SeenAt)
            .ToArray();
        var start = landed.Concat(own).DefaultIfEmpty(lesson.Written).Min();
        var parting = lesson.AcceptedAt ?? now;
        return new LessonCourse(
            Tally(own, landed, start, parting),
            lesson.AcceptedAt is null ? null : Tally(own, landed, parting, now),
            own.Length == 0 ? null : own.Max());
    }

    private static LessonTally Tally(DateTimeOffset[] seen, DateTimeOffset[] landed, DateTimeOffset from, DateTimeOffset to) => new(
        seen.Count(at => at >= from && at < to),
        landed.Count(at => at >= from && at < to),
        Math.Max(0, (int)Math.Ceiling((to - from).TotalDays)));
}
