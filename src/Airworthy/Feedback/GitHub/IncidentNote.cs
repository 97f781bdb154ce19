using Airworthy.Model;

namespace Airworthy.Feedback.GitHub;

/// <summary>What is told of an incident where its change was discussed.</summary>
/// <param name="Incident">The incident: one comment of it stands in one place, and is updated there.</param>
/// <param name="Commit">The commit it is attributed to.</param>
/// <param name="Title">One line of our own words.</param>
/// <param name="Body">The comment, as Markdown; what is not ours stands in code spans.</param>
public sealed record IncidentNote(IncidentId Incident, CommitId Commit, string Title, string Body)
{
    /// <summary>By this the comment is found again.</summary>
    public string Marker => $"<!-- airworthy-incident {Incident.Value} -->";
}
