using Airworthy.Feedback;
using Airworthy.Journeys.Lessons;
using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Testing;
using Airworthy.Tests.Storage;
using Xunit;

namespace Airworthy.Tests.Journeys.Lessons;

public class LessonCoursesTests(PostgresCluster cluster)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recurrences_are_counted_in_the_lessons_scope_before_and_since_beside_the_changes_that_landed()
    {
        await using var scratch = await ScratchStore.CreateAsync(Backend.Sqlite, cluster);
        var (store, now) = (scratch.Store, scratch.Time.GetUtcNow());
        var lesson = Learnt(now) with { State = LessonState.Accepted, AcceptedAt = now.AddDays(-10) };
        await store.Changes.TrackAsync([.. Enumerable.Range(1, 6).Select(day => Landed(day, now.AddDays(-4 * day)))], Cancel);
        await SeeAsync(store.Lessons, "i1", "rounding", "src/Money/A.cs", now.AddDays(-20));
        await SeeAsync(store.Lessons, "i2", "rounding", "src/Money/B.cs", now.AddDays(-3));
        await SeeAsync(store.Lessons, "i3", "rounding", "src/Other/C.cs", now.AddDays(-2));
        await SeeAsync(store.Lessons, "i4", "timeout", "src/Money/A.cs", now.AddDays(-1));

        var course = (await new LessonCourses(store.Lessons, store.Changes, scratch.Time).OfAsync([lesson], Cancel))[lesson.Id];

        Assert.Equal(new LessonTally(1, 4, 14), course.Before);
        Assert.Equal(new LessonTally(1, 2, 10), course.After);
        Assert.Equal(now.AddDays(-3), course.LastSeen);
        Assert.False(course.IsIneffective);
    }

    [Fact]
    public async Task A_draft_has_no_since()
    {
        await using var scratch = await ScratchStore.CreateAsync(Backend.Sqlite, cluster);
        var lesson = Learnt(scratch.Time.GetUtcNow());

        var course = (await new LessonCourses(scratch.Store.Lessons, scratch.Store.Changes, scratch.Time).OfAsync([lesson], Cancel))[lesson.Id];

        Assert.Null(course.After);
        Assert.Equal((0, 0), (course.Before.Incidents, course.Before.Changes));
        Assert.Null(course.LastSeen);
    }

    private static Task SeeAsync(ILessonStore lessons, string incident, string failure, string path, DateTimeOffset at) =>
        lessons.SightAsync(new LessonSighting(new IncidentId(incident), "shop", failure, new RepoPath(path), at), Cancel);

    private static TrackedChange Landed(int number, DateTimeOffset at)
    {
        var commit = CommitId.Parse(new string('a', 39) + number);
        return new TrackedChange("shop", new Change(new ChangeId($"c{number}"), "A change", commit, [commit], null, at), Authorship.Unknown, ChangeState.Experimental, at);
    }

    private static Lesson Learnt(DateTimeOffset now) => new(
        new LessonId("l1"), "rounding", ["src/Money/**"], "Round once.", "a test", new IncidentId("i1"), Change: null, "shop", now.AddDays(-20), now.AddDays(160), Recurrences: 1);
}
