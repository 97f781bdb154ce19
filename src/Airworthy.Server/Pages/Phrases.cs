using System.Globalization;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Releases;
using Airworthy.Model;

namespace Airworthy.Server.Pages;

/// <summary>How pages put things into words: one way for each.</summary>
internal static class Phrases
{
    public static string Word(ChangeState state) => Words.Of(state);

    public static string Word(AuthorKind kind) => kind switch
    {
        AuthorKind.Ai => "AI",
        AuthorKind.Human => "human",
        _ => "unknown",
    };

    public static string Word(AttributionVerdict? verdict) => verdict switch
    {
        AttributionVerdict.Attributed => "attributed",
        AttributionVerdict.Ambiguous => "ambiguous",
        AttributionVerdict.NotAttributable => "not attributable",
        _ => "answer sought",
    };

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun, which gets an s for any number but one.</summary>
    public static string Count(long count, string noun) => Words.Count(count, noun);

    public static string Share(double share) => share.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A part of a whole in percent; "no evidence" of nothing.</summary>
    public static string Percent(long part, long whole) =>
        whole == 0 ? "no evidence" : (100.0 * part / whole).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    /// <summary>A duration in the unit that fits it.</summary>
    public static string Time(long nanoseconds) => nanoseconds switch
    {
        < 1_000_000 => (nanoseconds / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + " µs",
        < 1_000_000_000 => (nanoseconds / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " ms",
        _ => (nanoseconds / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + " s",
    };

    /// <summary>What came or went, where, when.</summary>
    public static string Release(ReleaseSummary release) => Joined(
        $"{Words.Of(release.Kind)} {Short(release.Revision ?? release.Version ?? "a version that is not told")}",
        Words.Place(release.Service, release.Environment),
        Exact(release.At));

    /// <summary>Where a line comes from: <c>AI · claude-code · d5daaad</c>.</summary>
    public static string WroteLine(LineAuthor line) =>
        Joined(Word(line.Authorship), line.Agents.Count > 0 ? line.Agents[0].Agent : null, line.Sha[..7]);

    /// <summary>How often a class of failure came up, and among how much.</summary>
    public static string Tally(LessonTally tally) =>
        $"{Count(tally.Incidents, "incident")} among {Count(tally.Changes, "landed change")} in {Count(tally.Days, "day")}";

    /// <summary>The parts that are there, with a dot between them.</summary>
    public static string Joined(params ReadOnlySpan<string?> parts)
    {
        var text = "";
        foreach (var part in parts)
        {
            text += string.IsNullOrEmpty(part) ? "" : text.Length == 0 ? part : " · " + part;
        }

        return text;
    }

    /// <summary>An incident's title with its exception type's last name only; the full one is on hover.</summary>
    public static string Headline(string title)
    {
        var end = title.IndexOf(": ", StringComparison.Ordinal);
        var type = end < 0 ? title : title[..end];
        return type.Contains(' ', StringComparison.Ordinal) ? title : title[(type.LastIndexOf('.') + 1)..];
    }

    /// <summary>Where a change landed: its repository and pull request.</summary>
    public static string Place(ChangeSummary change) =>
        change.PullRequest is { } number ? string.Create(CultureInfo.InvariantCulture, $"{change.Repository} #{number}") : change.Repository;

    /// <summary>Where an incident was blamed, and what told it.</summary>
    public static string Blamed(RunningRevision revision) => revision switch
    {
        { Sha: null } => "The revision that ran is not known.",
        { Degraded: true } => $"Blamed at {Short(revision.Sha)}, only a branch tip: it may hold what was not released.",
        { Source: null } => $"Blamed at {Short(revision.Sha)}.",
        _ => $"Blamed at {Short(revision.Sha)}, told by {Words.Of(revision.Source.Value)}.",
    };

    public static string Short(string sha) => sha.Length > 12 ? sha[..12] : sha;

    public static string Exact(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var age = now - at;
        return age switch
        {
            { TotalSeconds: < 0 } => "in the future",
            { TotalSeconds: < 60 } => "just now",
            { TotalMinutes: < 60 } => $"{(int)age.TotalMinutes} min ago",
            { TotalHours: < 48 } => $"{(int)age.TotalHours} h ago",
            { TotalDays: < 60 } => $"{(int)age.TotalDays} days ago",
            _ => at.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }
}
