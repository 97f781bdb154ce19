using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>What other refs hold beside a history: branches here and of remotes, and the fetched heads of requests.</summary>
/// <param name="Commits">The commits that the history does not reach.</param>
/// <param name="Heads">The refs that point to one of them, with the number of the request where the ref is one's head.</param>
internal sealed partial record UnmergedBranches(
    IReadOnlyDictionary<CommitId, Commit> Commits, IReadOnlyList<(CommitId Tip, int? PullRequest)> Heads)
{
    private const int MostCommits = 20_000;
    private const int MostRefs = 20_000;

    private static readonly string[] s_refs = ["refs/heads", "refs/remotes", "refs/pull", "refs/merge-requests"];

    public static async Task<UnmergedBranches> ReadAsync(GitRepository repository, CommitId tip, CancellationToken cancel)
    {
        var commits = new Dictionary<CommitId, Commit>();
        await foreach (var commit in HistoryReader.ReadAsync(
            repository.Directory, [.. s_refs.Select(prefix => $"--glob={prefix}/*"), $"--max-count={MostCommits}", $"^{tip.Hex}", "--"], cancel))
        {
            commits[commit.Id] = commit;
        }

        if (commits.Count == 0)
        {
            return new UnmergedBranches(commits, []);
        }

        var (output, error) = await GitProcess.RunAsync(
            repository.Directory,
            ["for-each-ref", FormattableString.Invariant($"--count={MostRefs}"), "--format=%(objectname) %(refname)", .. s_refs],
            cancel);
        var refs = output ?? throw new GitException(Fault.BadInput, $"the refs can't be read: {GitProcess.FirstLine(error)}");
        return new UnmergedBranches(
            commits,
            [
                .. Encoding.UTF8.GetString(refs).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => line.Split(' ', 2))
                    .Where(parts => CommitId.TryParse(parts[0], out var id) && commits.ContainsKey(id))
                    .Select(parts => (CommitId.Parse(parts[0]), Number(parts[1])))
                    .Distinct(),
            ]);
    }

    private static int? Number(string name) =>
        RequestHead().Match(name) is { Success: true } match
        && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    [GeneratedRegex(
        @"^refs/(?:remotes/[^/]+/)?(?:pull|pr|merge-requests)/(?<number>[1-9][0-9]{0,8})(?:/head)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex RequestHead();
}
