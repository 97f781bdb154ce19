using System.Text.RegularExpressions;
using Airworthy.Model;
using Octokit;

namespace Airworthy.Feedback.GitHub;

/// <summary>
/// Speaks to engineers on GitHub: one comment an incident on the pull request of the suspect commit and on the issues it closed, updated in place, and a
/// check on the commit; and one comment of a verdict on its pull request. Quiet: what says so already is left alone.
/// </summary>
public sealed partial class GitHubVoice
{
    private const string CheckName = "airworthy / incident";
    private const int MostRequests = 3;
    private const int MostIssues = 3;
    private const int MostPages = 10;
    private const int LongestBody = 60_000;

    private readonly GitHubClient _client;
    private readonly string _owner;
    private readonly string _name;

    /// <param name="api">The API's address: the public one's, or of the user's own server.</param>
    /// <param name="path">The repository, <c>owner/name</c>.</param>
    /// <param name="token">A token that may comment there.</param>
    public GitHubVoice(Uri api, string path, string token)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(path);
        (_owner, _name) = path.Split('/') is [var owner, var name]
            ? (owner, name)
            : throw new FeedbackException(Fault.Usage, $"'{path}' is no repository of GitHub; it is OWNER/NAME");
        _client = new GitHubClient(new ProductHeaderValue("airworthy"), api) { Credentials = new Credentials(token) };
        _client.SetRequestTimeout(TimeSpan.FromSeconds(30));
    }

    /// <summary>Places a note everywhere it belongs.</summary>
    /// <exception cref="FeedbackException">GitHub can't be reached, does not know the repository, or takes no comment at all.</exception>
    public Task<IReadOnlyList<NotePlaced>> TellAsync(IncidentNote note, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(note);
        return AskedAsync($"commit {note.Commit.Short}", () => PlaceAsync(note, cancel), cancel);
    }

    /// <summary>Has one comment of its kind stand on a pull request: one that is there is updated, and left alone where it says so already.</summary>
    /// <param name="number">The pull request.</param>
    /// <param name="marker">The comment's first line, by which it is found again.</param>
    /// <param name="text">What follows it; cut where GitHub takes no more.</param>
    /// <param name="cancel">Ends the telling.</param>
    /// <exception cref="FeedbackException">GitHub can't be reached, or does not take the token.</exception>
    public Task<NotePlaced> CommentAsync(int number, string marker, string text, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AskedAsync($"pull request {number}", () => CommentAsync(marker, MarkdownText.Cut(text, LongestBody), number, $"pull request {number}"), cancel);
    }

    private async Task<IReadOnlyList<NotePlaced>> PlaceAsync(IncidentNote note, CancellationToken cancel)
    {
        var placed = new List<NotePlaced>();
        var issues = new HashSet<int>();
        foreach (var request in (await _client.Repository.Commit.PullRequests(_owner, _name, note.Commit.Hex)).Take(MostRequests))
        {
            cancel.ThrowIfCancellationRequested();
            placed.Add(await CommentAsync(note.Marker, note.Body, request.Number, $"pull request {request.Number}"));
            issues.UnionWith(Closed(request.Body).Take(MostIssues));
        }

        foreach (var issue in issues.Order().Take(MostIssues))
        {
            cancel.ThrowIfCancellationRequested();
            placed.Add(await CommentAsync(note.Marker, note.Body, issue, $"issue {issue}"));
        }

        placed.Add(await CheckAsync(note));
        return placed;
    }

    private async Task<T> AskedAsync<T>(string about, Func<Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask();
        }
        catch (AuthorizationException refused)
        {
            throw new FeedbackException(Fault.Usage, $"GitHub does not take the token for {_owner}/{_name}; give one that may read it and comment", refused);
        }
        catch (RateLimitExceededException limited)
        {
            throw new FeedbackException(Fault.Unavailable, $"GitHub takes no more requests until {limited.Reset:HH:mm'Z'}; try again then", limited);
        }
        catch (NotFoundException missing)
        {
            throw new FeedbackException(Fault.Usage, $"GitHub knows no {about} in {_owner}/{_name}, or does not show it to this token", missing);
        }
        catch (Exception failed) when (failed is ApiException or HttpRequestException or TaskCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            throw new FeedbackException(Fault.Unavailable, $"GitHub can't be told: {InertText.Line(failed.Message, 200)}", failed);
        }
    }

    /// <summary>The issues of this repository that a pull request says it closes.</summary>
    internal static IEnumerable<int> Closed(string? body) =>
        Closing().Matches(body is { Length: > LongestBody } ? body[..LongestBody] : body ?? "")
            .Select(match => int.TryParse(match.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0)
            .Distinct();

    private async Task<NotePlaced> CommentAsync(string marker, string text, int number, string place)
    {
        var body = $"{marker}\n{text}";
        try
        {
            var comments = await _client.Issue.Comment.GetAllForIssue(_owner, _name, number, new ApiOptions { PageSize = 100, PageCount = MostPages });
            var marked = comments.Where(comment => comment.Body?.StartsWith(marker, StringComparison.Ordinal) == true).ToList();
            if (marked.Exists(comment => string.Equals(comment.Body, body, StringComparison.Ordinal)))
            {
                return new NotePlaced(place, NoteOutcome.Same);
            }

            // Anybody may write the marker; only what this token may change is ours, and a refusal of the first leaves the next.
            foreach (var comment in marked)
            {
                try
                {
                    await _client.Issue.Comment.Update(_owner, _name, comment.Id, body);
                    return new NotePlaced(place, NoteOutcome.Updated);
                }
                catch (ForbiddenException)
                {
                    // Another's.
                }
            }

            await _client.Issue.Comment.Create(_owner, _name, number, body);
            return new NotePlaced(place, NoteOutcome.Created);
        }
        catch (Exception refused) when (refused is ForbiddenException or NotFoundException)
        {
            return new NotePlaced(place, NoteOutcome.Refused, "the token may not comment there");
        }
    }

    private async Task<NotePlaced> CheckAsync(IncidentNote note)
    {
        try
        {
            var output = new NewCheckRunOutput(note.Title, note.Body);
            NewCheckRunAction[] actions = [new("Accept as experiment", "Keep it on probation, known to fail", "accept-experiment")];
            var runs = await _client.Check.Run.GetAllForReference(_owner, _name, note.Commit.Hex, new CheckRunRequest { CheckName = CheckName });
            if (runs.CheckRuns.FirstOrDefault(run => run.ExternalId == note.Incident.Value) is { } standing)
            {
                if (string.Equals(standing.Output?.Summary, note.Body, StringComparison.Ordinal))
                {
                    return new NotePlaced("check", NoteOutcome.Same);
                }

                await _client.Check.Run.Update(
                    _owner, _name, standing.Id, new CheckRunUpdate { Status = CheckStatus.Completed, Conclusion = CheckConclusion.Neutral, Output = output, Actions = actions });
                return new NotePlaced("check", NoteOutcome.Updated);
            }

            await _client.Check.Run.Create(_owner, _name, new NewCheckRun(CheckName, note.Commit.Hex)
            {
                ExternalId = note.Incident.Value,
                Status = CheckStatus.Completed,
                Conclusion = CheckConclusion.Neutral,
                Output = output,
                Actions = actions,
            });
            return new NotePlaced("check", NoteOutcome.Created);
        }
        catch (Exception refused) when (refused is ForbiddenException or NotFoundException)
        {
            return new NotePlaced("check", NoteOutcome.Refused, "only a GitHub App or the token of Actions may create checks");
        }
    }

    // https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
    [GeneratedRegex(@"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(?<number>[0-9]{1,9})\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Closing();
}
