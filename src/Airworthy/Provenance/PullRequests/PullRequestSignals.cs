using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance.PullRequests;

/// <summary>
/// What a pull request tells of who wrote it: an agent's account opened it, its branch is named by an agent, its description carries an
/// agent's link or footer, it is labelled. At most strong: it speaks of the request as a whole.
/// </summary>
internal static class PullRequestSignals
{
    private static readonly AgentSignatures s_signatures = AgentSignatures.Default;
    private static readonly System.Text.RegularExpressions.Regex s_anyInBody = AgentSignatures.Any(s_signatures.PullRequestBodies);

    /// <summary>Every signal of <paramref name="request"/>, each once.</summary>
    public static ImmutableArray<Signal> Of(PullRequest request)
    {
        var source = FormattableString.Invariant($"{(request.Forge == Forge.GitLab ? "merge request !" : "pull request #")}{request.Number}");
        var signals = new List<Signal>();
        var author = AuthorOf(request);
        if (author is { } account)
        {
            signals.Add(new Signal("pull-request-author", source, account.Strength, SignalLimits.Bound(request.Author), new Agent(account.Agent)));
        }

        signals.AddRange(OfBody(request.Body).Select(signal => signal with { Source = source, Strength = AtMostStrong(signal.Strength) }));
        if (s_signatures.AgentOfBranch(request.Branch) is { } named)
        {
            // A name anyone may choose, unless an agent's own account or session stands beside it.
            var isConfirmed = author?.Strength == SignalStrength.Strong || signals.Exists(signal => signal.Agent?.Session is not null);
            signals.Add(new Signal(
                "branch", source, isConfirmed ? SignalStrength.Strong : SignalStrength.Weak, SignalLimits.Bound(request.Branch), new Agent(named)));
        }

        signals.AddRange(
            from label in request.Labels
            let agent = s_signatures.Labels.GetValueOrDefault(label.Trim())
            where agent is not null
            select new Signal("label", source, SignalStrength.Weak, SignalLimits.Bound(label), new Agent(agent)));
        return [.. signals.Distinct().Take(SignalLimits.SignalsPerCommit)];
    }

    // The names of GitLab's accounts are not GitHub's: there anyone may take one.
    private static (string Agent, SignalStrength Strength)? AuthorOf(PullRequest request) =>
        !s_signatures.Logins.TryGetValue(request.Author, out var login) ? null
        : request.Forge == Forge.GitHub ? login
        : (login.Agent, SignalStrength.Weak);

    private static IEnumerable<Signal> OfBody(string text)
    {
        // The first line of a description is no subject.
        var body = new MessageBody("-\n" + text);
        foreach (var signal in SignalReaders.Read(body))
        {
            yield return signal;
        }

        if (!s_anyInBody.IsMatch(body.Text))
        {
            yield break;
        }

        foreach (var line in body.Lines)
        {
            foreach (var mark in s_signatures.PullRequestBodies)
            {
                if (mark.Expression.Match(line) is { Success: true } match)
                {
                    var session = mark.GivesSession ? SignalLimits.Bound(match.ValueSpan) : null;
                    yield return new Signal("pull-request", "", mark.Strength, SignalLimits.Bound(line), new Agent(mark.Agent, Session: session));
                }
            }
        }
    }

    private static SignalStrength AtMostStrong(SignalStrength strength) => strength == SignalStrength.Proof ? SignalStrength.Strong : strength;
}
