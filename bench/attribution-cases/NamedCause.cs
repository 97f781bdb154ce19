using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.AttributionCases;

/// <summary>Finds the commits that a fix names as its cause: <c>Fixes:</c> trailers, and sentences that say it in so many words.</summary>
internal static partial class NamedCause
{
    /// <summary>The named commits that the repository holds in the fix's own history, the fix itself left out.</summary>
    public static async Task<List<CommitId>> FindAsync(GitRepository repository, Commit fix, CancellationToken cancel)
    {
        var found = new List<CommitId>();
        foreach (var name in Trailer().Matches(fix.Message).Concat(Sentence().Matches(fix.Message)).Select(match => match.Groups["sha"].Value).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            // A number of digits alone is more often an issue's.
            if (name.All(char.IsAsciiDigit) || await repository.TryResolveAsync(name, cancel) is not { } cause || cause == fix.Id || found.Contains(cause))
            {
                continue;
            }

            if (await repository.IsAncestorAsync(cause, fix.Id, cancel))
            {
                found.Add(cause);
            }
        }

        return found;
    }

    [GeneratedRegex(@"^\s*Fixes:?\s+(?:commit\s+)?(?<sha>[0-9a-f]{7,40})\b", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Trailer();

    [GeneratedRegex(
        @"\b(?:introduced|caused|broken|regress(?:ed|ion)|bug|broke|exposed|added|since|oversight|start(?:ed|ing)|forgot(?:ten)?|missed)\b(?:\s+\w+){0,3}?\s+(?:by|in|with|since|from|of|commit|after)?\s*(?:the\s+)?(?:commit\s+|change\s+)?['""(\[]?(?<sha>[0-9a-f]{7,40})\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Sentence();
}
