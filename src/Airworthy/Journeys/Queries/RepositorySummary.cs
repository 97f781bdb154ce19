namespace Airworthy.Journeys.Queries;

/// <summary>A repository the server reads.</summary>
/// <param name="Name">Its short unique name.</param>
/// <param name="Origin">The URL it was cloned from; null when it was given as a path.</param>
/// <param name="Location">The folder on the server it is read from.</param>
/// <param name="Tip">The tip of its default branch; null when it has no commits or can't be read now.</param>
/// <param name="Changes">Changes known of it.</param>
/// <param name="Services">Services confirmed to run it.</param>
/// <param name="Problem">Why it can't be read as it should, in a sentence; null when all is well.</param>
public sealed record RepositorySummary(
    string Name, string? Origin, string Location, string? Tip, int Changes, IReadOnlyList<string> Services, string? Problem);
