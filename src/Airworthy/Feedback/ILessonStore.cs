using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>Keeps lessons.</summary>
public interface ILessonStore
{
    /// <summary>Adds a lesson, or replaces the one with its id.</summary>
    Task SaveAsync(Lesson lesson, CancellationToken cancel);

    /// <summary>Lessons of a repository, or of all when null; newest first.</summary>
    Task<IReadOnlyList<Lesson>> ListAsync(string? repository, CancellationToken cancel);

    /// <summary>Keeps that a class of failure came up; the same incident counts once.</summary>
    Task SightAsync(LessonSighting sighting, CancellationToken cancel);

    /// <summary>What came up in a repository, or in all when null; oldest first.</summary>
    Task<IReadOnlyList<LessonSighting>> SightingsAsync(string? repository, CancellationToken cancel);
}
