using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Queries;

/// <summary>Shapes the nouns as answers show them.</summary>
internal static class Answers
{
    public static ChangeSummary Summary(TrackedChange tracked, long calls, IReadOnlyList<string> services) => new(
        tracked.Repository,
        tracked.Change.Id.Value,
        tracked.Change.Title,
        tracked.Change.Landed.Hex,
        tracked.Change.PullRequest,
        tracked.Change.LandedAt,
        tracked.State,
        tracked.Since,
        tracked.Authorship.Kind,
        Agents(tracked.Authorship),
        calls,
        services);

    public static IReadOnlyList<WrittenBy> Agents(Authorship authorship) =>
        [.. authorship.Agents.Select(agent => new WrittenBy(agent.Name, agent.Model, agent.Session))];

    public static IReadOnlyList<AuthorshipSignal> Signals(Authorship authorship) =>
        [.. authorship.Signals.Select(signal => new AuthorshipSignal(signal.Kind, signal.Source, signal.Strength, signal.Value))];

    public static ChangeTransition Step(Transition transition) => new(
        transition.From, transition.To, transition.At, transition.Reason, transition.Incident?.Value, transition.PolicyDigest);

    public static IncidentSummary Summary(Incident incident, IncidentSuspect? suspect) => new(
        incident.Id.Value,
        incident.Title,
        incident.Service,
        incident.Environment,
        incident.FirstSeen,
        incident.LastSeen,
        incident.Episodes,
        incident.Status,
        incident.Repository,
        incident.Attribution?.Verdict,
        incident.Attribution?.Confidence ?? 0,
        incident.Attribution?.Reason ?? $"Waits until a repository is confirmed to run as {incident.Service}.",
        suspect)
    {
        ResolvedAt = incident.ResolvedAt,
        Resolution = incident.Resolution,
        Returns = incident.Returns,
    };

    public static IncidentSuspect Suspect(Suspect suspect, string? title) => new(
        suspect.Commit.Hex,
        suspect.Change?.Value,
        title,
        suspect.Role,
        suspect.Score,
        suspect.Proof,
        suspect.Reasons,
        suspect.Authorship.Kind,
        Agents(suspect.Authorship));

    public static RunningRevision Revision(DeployedRevision revision) => new(revision.Commit?.Hex, revision.Source, revision.Degraded);

    public static LessonSummary Summary(Lesson lesson, LessonCourse? course = null) => new(
        lesson.Id.Value,
        lesson.FailureClass,
        lesson.Scope,
        lesson.Rule,
        lesson.Guard,
        lesson.Incident.Value,
        lesson.Change?.Value,
        lesson.Repository,
        lesson.Written,
        lesson.Expires,
        lesson.Recurrences)
    {
        State = lesson.State,
        GuardKind = lesson.GuardKind,
        Owner = lesson.Owner,
        AcceptedAt = lesson.AcceptedAt,
        RetiredBecause = lesson.RetiredBecause,
        Course = course,
    };
}
