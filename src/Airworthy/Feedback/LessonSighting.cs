using Airworthy.Model;

namespace Airworthy.Feedback;

/// <summary>A class of failure that came up once: what recurrences are counted from.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Repository">The repository.</param>
/// <param name="FailureClass">The class.</param>
/// <param name="Path">The file; null when the frame is of none.</param>
/// <param name="SeenAt">When the incident was first seen, UTC.</param>
public sealed record LessonSighting(IncidentId Incident, string Repository, string FailureClass, RepoPath? Path, DateTimeOffset SeenAt);
