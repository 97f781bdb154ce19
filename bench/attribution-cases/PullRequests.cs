using System.Globalization;
using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.AttributionCases;

/// <summary>Which commits a history says a pull request landed as: a squash that ends with <c>(#12)</c>, or what a merge of it brought.</summary>
internal sealed partial class PullRequests
{
    /// <summary>Commits of one pull request; one that brings more is no answer.</summary>
    private const int MostCommits = 40;

    private readonly Dictionary<int, Commit> _landed = [];

    public void Add(Commit commit)
    {
        var match = commit.Parents.Length > 1 ? Merge().Match(commit.Subject) : Squash().Match(commit.Subject);
        if (match.Success && int.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            // Histories are told newest first: of a request landed again on another branch the first landing counts.
            _landed[number] = commit;
        }
    }

    public async Task<List<CommitId>> CommitsAsync(GitRepository repository, int number, CancellationToken cancel)
    {
        if (!_landed.TryGetValue(number, out var landed))
        {
            return [];
        }

        if (landed.Parents.Length < 2)
        {
            return [landed.Id];
        }

        var commits = new List<CommitId>();
        await foreach (var commit in repository.HistoryAsync($"{landed.Parents[0].Hex}..{landed.Parents[1].Hex}", cancel))
        {
            if (commit.Parents.Length == 1)
            {
                commits.Add(commit.Id);
            }

            if (commits.Count > MostCommits)
            {
                return [];
            }
        }

        return commits;
    }

    [GeneratedRegex(@"^Merge pull request #(?<number>\d{1,6})\b", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Merge();

    [GeneratedRegex(@"\(#(?<number>\d{1,6})\)\s*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Squash();
}
