using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>What a commit's message tells of how it landed, as the forges and git write it.</summary>
internal static partial class LandingMarks
{
    private const int BodyRead = 1 << 16;
    private const int MostOrigins = 100;

    /// <summary>The number of the pull or merge request; null when it is not told.</summary>
    public static int? PullRequest(Commit commit)
    {
        var subject = SignalLimits.Bound(commit.Subject.AsSpan()[Math.Max(0, commit.Subject.Length - SignalLimits.ValueLength)..]);
        var match = commit.Parents.Length > 1 && Merge().Match(SignalLimits.Bound(commit.Subject)) is { Success: true } merge ? merge : Squash().Match(subject);
        if (!match.Success && commit.Parents.Length > 1)
        {
            match = MergeRequest().Match(Tail(commit.Body));
        }

        return match.Success && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>
    /// What the change is about: the subject, but where a forge or git made it up of a branch's name, the first line of the merge's body,
    /// which is the request's title.
    /// </summary>
    public static string Title(Commit commit)
    {
        var subject = SignalLimits.Bound(commit.Subject);
        if (commit.Parents.Length < 2 || !MadeUp().IsMatch(subject))
        {
            return subject;
        }

        foreach (var line in commit.Body.AsSpan()[..Math.Min(commit.Body.Length, BodyRead)].EnumerateLines())
        {
            if (SignalLimits.BoundOrNull(line) is { } told)
            {
                return NoTitle().IsMatch(told) ? subject : told;
            }
        }

        return subject;
    }

    /// <summary>The commit this one says it was cherry-picked from, the oldest when it was picked again and again; null when it says nothing.</summary>
    public static CommitId? PickedFrom(Commit commit) =>
        commit.Message.Contains("(cherry picked from commit ", StringComparison.Ordinal)
        && CherryPick().Match(Tail(commit.Body)) is { Success: true } match
        && CommitId.TryParse(match.Groups["sha"].ValueSpan, out var id)
            ? id
            : null;

    /// <summary>The commits this one says it repeats or undoes, in the order told, each once.</summary>
    public static ImmutableArray<CommitOrigin> Origins(Commit commit)
    {
        if (!commit.Message.Contains("cherry picked from commit ", StringComparison.Ordinal)
            && !commit.Message.Contains("This reverts commit ", StringComparison.Ordinal))
        {
            return [];
        }

        var origins = new List<CommitOrigin>();
        for (var match = Origin().Match(Tail(commit.Body)); match.Success && origins.Count < MostOrigins; match = match.NextMatch())
        {
            var kind = match.Groups["picked"].Success ? CommitOriginKind.CherryPick : CommitOriginKind.Revert;
            var name = match.Groups["picked"] is { Success: true } picked ? picked : match.Groups["reverted"];
            if (CommitId.TryParse(name.ValueSpan, out var id) && !origins.Contains(new CommitOrigin(kind, id)))
            {
                origins.Add(new CommitOrigin(kind, id));
            }
        }

        return [.. origins];
    }

    /// <summary>True for the merge that <c>git pull</c> makes: its second parent is the main line, not a branch.</summary>
    public static bool IsPull(Commit commit) => Pull().IsMatch(SignalLimits.Bound(commit.Subject));

    private static string Tail(string body) => body[Math.Max(0, body.Length - BodyRead)..];

    [GeneratedRegex(@"\([#!](?<number>[1-9][0-9]{0,8})\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex Squash();

    [GeneratedRegex(
        @"^(?:Merge pull request #|Merged PR |Merge PR #|Pull request #|Merge #)(?<number>[1-9][0-9]{0,8})\b|\(pull request #(?<number>[1-9][0-9]{0,8})\)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex Merge();

    [GeneratedRegex(
        @"^(?:Merge pull request #[0-9]+ from |Merge (?:remote-tracking )?branch(?:es)? '|Merged in \S+ \(pull request #[0-9]+\)$|Merge #[0-9]+$)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex MadeUp();

    [GeneratedRegex(
        @"^(?:See merge request |#? ?Conflicts:|\* |[A-Za-z-]+-[Bb]y: |\(cherry picked )",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex NoTitle();

    [GeneratedRegex(@"^See merge request \S*!(?<number>[1-9][0-9]{0,8})\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex MergeRequest();

    [GeneratedRegex(@"^\(cherry picked from commit (?<sha>[0-9a-f]{40}(?:[0-9a-f]{24})?)\)\s*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex CherryPick();

    [GeneratedRegex(
        @"^[ \t>*-]*(?:\(cherry picked from commit (?<picked>[0-9a-f]{40}(?:[0-9a-f]{24})?)\)|This reverts commit (?<reverted>[0-9a-f]{40}(?:[0-9a-f]{24})?)\b)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex Origin();

    [GeneratedRegex(
        @"^Merge (?:remote-tracking )?branch '(?:[\w-]+/)?(?:main|master|trunk|develop|dev)'(?: of \S+)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex Pull();
}
