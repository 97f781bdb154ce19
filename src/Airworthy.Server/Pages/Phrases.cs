using System.Globalization;
using Airworthy.Journeys;
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
