using Airworthy.Feedback;
using Airworthy.Model;

namespace Airworthy.Storage;

/// <summary>Keeps lessons.</summary>
internal sealed class LessonStore(Database database) : ILessonStore
{
    public Task SaveAsync(Lesson lesson, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.RunAsync(
            """
            INSERT INTO lessons (id, repository, written_at, lesson) VALUES (@id, @Repository, @written, @json)
            ON CONFLICT (id) DO UPDATE SET repository = excluded.repository, written_at = excluded.written_at, lesson = excluded.lesson
            """,
            new { id = lesson.Id.Value, lesson.Repository, written = lesson.Written.ToMicroseconds(), json = ModelJson.Write(lesson) }),
        cancel);

    public async Task<IReadOnlyList<Lesson>> ListAsync(string? repository, CancellationToken cancel)
    {
        var lessons = await database.ReadAsync<string>(
            $"SELECT lesson FROM lessons {(repository is null ? "" : "WHERE repository = @repository")} ORDER BY written_at DESC, id",
            new { repository },
            cancel);
        return [.. lessons.Select(ModelJson.Read<Lesson>)];
    }

    public Task SightAsync(LessonSighting sighting, CancellationToken cancel) => database.WriteAsync(
        transaction => transaction.RunAsync(
            """
            INSERT INTO lesson_sightings (incident, repository, seen_at, sighting) VALUES (@id, @Repository, @seen, @json)
            ON CONFLICT (incident) DO UPDATE SET repository = excluded.repository, seen_at = excluded.seen_at, sighting = excluded.sighting
            """,
            new { id = sighting.Incident.Value, sighting.Repository, seen = sighting.SeenAt.ToMicroseconds(), json = ModelJson.Write(sighting) }),
        cancel);

    public async Task<IReadOnlyList<LessonSighting>> SightingsAsync(string? repository, CancellationToken cancel)
    {
        var sightings = await database.ReadAsync<string>(
            $"SELECT sighting FROM lesson_sightings {(repository is null ? "" : "WHERE repository = @repository")} ORDER BY seen_at, incident",
            new { repository },
            cancel);
        return [.. sightings.Select(ModelJson.Read<LessonSighting>)];
    }
}
