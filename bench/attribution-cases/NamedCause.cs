using System.Globalization;
using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.AttributionCases;

/// <summary>Finds the commits that a fix names as its cause: <c>Fixes:</c> trailers, reverts, and sentences that say it in so many words.</summary>
internal static partial class NamedCause
{
    /// <summary>The named commits that the repository holds in the fix's own history, the fix itself left out, and how they are named.</summary>
    public static async Task<(List<CommitId> Causes, LabelSource Label)> FindAsync(
        GitRepository repository, string project, Commit fix, ProjectHistory history, CancellationToken cancel)
    {
        foreach (var (pattern, label) in new[] { (Trailer(), LabelSource.Trailer), (Reverts(), LabelSource.Revert), (Sentence(), LabelSource.Sentence) })
        {
            var found = new List<CommitId>();
            foreach (var name in pattern.Matches(fix.Message).Select(match => match.Groups["sha"].Value).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                // A number of digits alone is more often an issue's.
                if (!name.All(char.IsAsciiDigit) && await repository.TryResolveAsync(name, cancel) is { } cause)
                {
                    Add(history, fix, cause, found);
                }
            }

            if (found.Count > 0)
            {
                return (found, label);
            }
        }

        var named = new List<CommitId>();
        foreach (var number in Requests(fix.Message, project))
        {
            foreach (var commit in await history.Requests.CommitsAsync(repository, number, cancel))
            {
                Add(history, fix, commit, named);
            }
        }

        return (named, LabelSource.PullRequest);
    }

    private static IEnumerable<int> Requests(string message, string project) => Request().Matches(message)
        .Where(match => match.Groups["project"].Value is "" || match.Groups["project"].Value.Equals(project, StringComparison.OrdinalIgnoreCase))
        .Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)).Distinct();

    private static void Add(ProjectHistory history, Commit fix, CommitId cause, List<CommitId> found)
    {
        if (!found.Contains(cause) && history.IsBefore(cause, fix.Id))
        {
            found.Add(cause);
        }
    }

    [GeneratedRegex(@"^\s*Fixes:?\s+(?:commit\s+)?(?<sha>[0-9a-f]{7,40})\b", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Trailer();

    [GeneratedRegex(@"\bThis reverts commit (?<sha>[0-9a-f]{7,40})\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Reverts();

    [GeneratedRegex(
        @"\b(?:introduced|caused|broken|regress(?:ed|ion)|bug|broke|exposed|added|since|oversight|start(?:ed|ing)|forgot(?:ten)?|missed)\b(?:\s+\w+){0,3}?\s+(?:by|in|with|since|from|of|commit|after)?\s*(?:the\s+)?(?:commit\s+|change\s+)?(?:https://github\.com/[\w.-]+/[\w.-]+/commit/)?['""(\[`]?(?<sha>[0-9a-f]{7,40})\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Sentence();

    [GeneratedRegex(
        @"\b(?:introduced|caused|broken|broke|regress(?:ed|ion|es)|exposed|since|oversight|surfaced)\b[^.\n#]{0,40}?(?:https://github\.com/(?<project>[\w.-]+/[\w.-]+)/(?:pull|issues)/|\#|PR\s*\#?)(?<number>\d{2,6})\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Request();
}
