using System.Globalization;
using System.Text;
using Airworthy.Feedback;
using Airworthy.Feedback.GitHub;
using Airworthy.Journeys.Queries;
using Airworthy.Model;

namespace Airworthy.Journeys.Telling;

/// <summary>
/// An incident as Markdown, for a comment, a chat or a report: what, which change, why, the trace, the lesson. A thread of evidence, not of blame. What is not
/// our own text stands in code spans, where nothing mentions a person, links an issue or is an instruction.
/// </summary>
public static class IncidentMarkdown
{
    private const int MostReasons = 6;
    private const int MostFrames = 6;
    private const int MostSuspects = 3;

    /// <summary>The note that is placed where the change was discussed; null when no commit is known well enough to speak of it there.</summary>
    public static IncidentNote? Note(IncidentDetail detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return detail is { Incident.Verdict: AttributionVerdict.Attributed, Suspects: [var first, ..] } && CommitId.TryParse(first.Sha, out var commit)
            ? new IncidentNote(new IncidentId(detail.Incident.Id), commit, Title(detail), Write(detail))
            : null;
    }

    /// <summary>All of it.</summary>
    public static string Write(IncidentDetail detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var text = new StringBuilder();
        var incident = detail.Incident;
        text.Append(CultureInfo.InvariantCulture, $"### {Title(detail)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Code(incident.Title)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"In {Code(incident.Service)}, {Words.Count(incident.Episodes, "episode")}, first {At(incident.FirstSeen)}, last {At(incident.LastSeen)}; ");
        text.Append(CultureInfo.InvariantCulture, $"versions {string.Join(", ", detail.Versions.Take(MostFrames).Select(version => Code(version)))}.\n\n");
        if (detail.Suspects.Count == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"No change is named: {Code(incident.Reason)}\n");
        }

        foreach (var suspect in detail.Suspects.Take(MostSuspects))
        {
            text.Append(CultureInfo.InvariantCulture, $"**{suspect.Sha[..Math.Min(12, suspect.Sha.Length)]}** {Code(suspect.Title ?? "")} ({Words.Of(suspect.Role)}, belief {suspect.Score:0.00}{(suspect.Proof is null ? "" : $", proven by {Code(suspect.Proof)}")})\n\n");
            foreach (var reason in suspect.Reasons.Take(MostReasons))
            {
                text.Append(CultureInfo.InvariantCulture, $"- {Code(reason)}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"- written by: {Wrote(suspect)}\n\n");
        }

        var own = detail.Frames.Where(frame => frame.InApp).Take(MostFrames).ToArray();
        if (own.Length > 0)
        {
            text.Append("The trace in this repository:\n\n");
            foreach (var frame in own)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {Code(frame.Unit ?? frame.Symbol ?? "?")}{(frame.Path is null ? "" : $" {Code(frame.Line is { } line ? $"{frame.Path}:{line}" : frame.Path)}")}\n");
            }

            text.Append('\n');
        }

        foreach (var lesson in detail.Lessons.Where(lesson => lesson.State != LessonState.Retired).Take(1))
        {
            text.Append(CultureInfo.InvariantCulture, $"Lesson, {(lesson.State == LessonState.Accepted ? "accepted" : "a draft")}: {MarkdownText.Line(lesson.Rule, 600)}\n\n");
            text.Append(lesson.Guard is null ? "" : $"Guard, {Words.Of(lesson.GuardKind)}: {MarkdownText.Line(lesson.Guard, 600)}\n\n");
        }

        if (detail.Proof is { } proof && detail.Suspects is [{ Proof: null }, ..])
        {
            text.Append(CultureInfo.InvariantCulture, $"This is suspicion, not proof. To ask again: {Code(proof)}\n\n");
        }

        return text.Append("Evidence, not blame: who wrote the lines is told and never moved the score.\n").ToString();
    }

    private static string Title(IncidentDetail detail) => detail.Incident.Verdict switch
    {
        AttributionVerdict.Attributed => string.Create(CultureInfo.InvariantCulture, $"Incident {Word(detail.Incident.Id)} is attributed to a change, confidence {detail.Incident.Confidence:0.00}"),
        AttributionVerdict.Ambiguous => $"Incident {Word(detail.Incident.Id)}: several changes may be behind it",
        AttributionVerdict.NotAttributable => $"Incident {Word(detail.Incident.Id)} is not attributable",
        _ => $"Incident {Word(detail.Incident.Id)}: its change is sought",
    };

    private static string Wrote(IncidentSuspect suspect) => suspect.Agents.Count == 0
        ? Words.Of(suspect.Authorship)
        : string.Join(", ", suspect.Agents.Take(MostSuspects).Select(agent => Code(agent.Model is null ? agent.Agent : $"{agent.Agent} ({agent.Model})")));

    private static string Word(string id) => new([.. id.Where(char.IsAsciiLetterOrDigit).Take(40)]);

    private static string Code(string text) => MarkdownText.Code(text, 300);

    private static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
