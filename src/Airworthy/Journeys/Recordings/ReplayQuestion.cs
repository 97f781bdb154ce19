using Airworthy.Model;

namespace Airworthy.Journeys.Recordings;

/// <summary>Which revisions are compared, and how.</summary>
/// <param name="Base">The one.</param>
/// <param name="Head">The other.</param>
/// <param name="Project">The application to start, from the repository's top; null to find the recorded assembly's own.</param>
/// <param name="Patience">How long one call may take.</param>
public sealed record ReplayQuestion(CommitId Base, CommitId Head, string? Project, TimeSpan Patience);
