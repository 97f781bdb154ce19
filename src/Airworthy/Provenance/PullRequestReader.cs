using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>
/// What a commit tells of its pull request: the branch that a merge names in its subject, and an agent's links in a description that became
/// the message of a squash. A branch's name proves nothing by itself.
/// </summary>
internal sealed partial class PullRequestReader : ISignalReader
{
    private readonly AgentSignatures _signatures;
    private readonly ImmutableArray<Signature> _sessions;
    private readonly Regex _any;

    public PullRequestReader(AgentSignatures signatures)
    {
        _signatures = signatures;
        _sessions = [.. signatures.PullRequestBodies.Where(mark => mark.GivesSession)];
        _any = AgentSignatures.Any(_sessions);
    }

    public IEnumerable<Signal> Read(Commit commit, MessageBody body)
    {
        if (commit.Parents.Length > 1 && MergedBranch().Match(body.Subject) is { Success: true } merge
            && Branch(merge.Groups["owner"].Value, merge.Groups["branch"].ValueSpan) is { } branch)
        {
            yield return branch;
        }

        if (!SquashedPullRequest().IsMatch(body.Subject) || !_any.IsMatch(body.Text))
        {
            yield break;
        }

        foreach (var line in body.Lines)
        {
            foreach (var mark in _sessions)
            {
                if (mark.Expression.Match(line) is { Success: true } match)
                {
                    var agent = new Agent(mark.Agent, Session: SignalLimits.Bound(match.ValueSpan));
                    yield return new Signal("pull-request", "commit", mark.Strength, SignalLimits.Bound(line), agent);
                }
            }
        }
    }

    private Signal? Branch(string owner, ReadOnlySpan<char> branch)
    {
        if (_signatures.AgentOfBranch(branch) is not { } agent)
        {
            return null;
        }

        var isAgents = _signatures.Logins.TryGetValue(owner, out var login) && login.Strength == SignalStrength.Strong;
        return new Signal("branch", "commit", isAgents ? SignalStrength.Strong : SignalStrength.Weak, SignalLimits.Bound(branch), new Agent(agent));
    }

    // GitHub, Gitea, Bitbucket, and git itself with or without a remote's name.
    [GeneratedRegex(
        @"^(?:Merge pull request #\d+ from (?<owner>[^/\s:]+)[/:](?<branch>\S+)"
        + @"|Merge pull request '[^']*' \(#\d+\) from (?:(?<owner>[^/\s:]+):)?(?<branch>\S+) into \S+"
        + @"|Merged in (?<branch>\S+) \(pull request #\d+\)"
        + @"|Merge branch '(?<branch>[^'\s]+)'(?: of \S+)?(?: into \S+)?"
        + @"|Merge remote-tracking branch '[^'/\s]+/(?<branch>[^'\s]+)'(?: into \S+)?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex MergedBranch();

    [GeneratedRegex(@"\(#\d+\)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: SignalLimits.MatchMilliseconds)]
    private static partial Regex SquashedPullRequest();
}
