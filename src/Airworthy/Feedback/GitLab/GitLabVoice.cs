using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Feedback.GitLab;

/// <summary>
/// Speaks to engineers on GitLab: one comment (GitLab: note) of a verdict on its merge request, updated in place, and left alone where it says so already
/// (https://docs.gitlab.com/api/notes/).
/// </summary>
public sealed class GitLabVoice : IDisposable
{
    private const int PageSize = 100;
    private const int MostPages = 10;
    private const int LongestBody = 200_000;
    private const long LargestPage = 64 * 1024 * 1024;

    private readonly HttpClient _http;
    private readonly string _path;

    /// <param name="api">The API's address, ending in a slash: the public one's, or of the user's own server.</param>
    /// <param name="path">The project, <c>group/name</c>.</param>
    /// <param name="token">A token that may comment there (scope <c>api</c>).</param>
    public GitLabVoice(Uri api, string path, string token)
    {
        ArgumentNullException.ThrowIfNull(api);
        _path = path;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !api.IsLoopback })
        {
            BaseAddress = api,
            MaxResponseContentBufferSize = LargestPage,
            Timeout = TimeSpan.FromSeconds(30),
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("airworthy", productVersion: null));
        _http.DefaultRequestHeaders.TryAddWithoutValidation("PRIVATE-TOKEN", token);
    }

    /// <summary>Has one comment of its kind stand on a merge request: one that is there is updated, and left alone where it says so already.</summary>
    /// <param name="number">The merge request.</param>
    /// <param name="marker">The comment's first line, by which it is found again among those of the token's user: anybody may write it.</param>
    /// <param name="text">What follows it; cut where it is very long.</param>
    /// <param name="cancel">Ends the telling.</param>
    /// <exception cref="FeedbackException">GitLab can't be reached, does not take the token, or knows no such merge request.</exception>
    public async Task<NotePlaced> CommentAsync(int number, string marker, string text, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(text);
        var place = FormattableString.Invariant($"merge request {number}");
        var body = $"{marker}\n{MarkdownText.Cut(text, LongestBody)}".Trim();
        var notes = FormattableString.Invariant($"projects/{Uri.EscapeDataString(_path)}/merge_requests/{number}/notes");
        try
        {
            if (await OwnAsync(notes, marker, place, cancel) is not { } own)
            {
                await AskAsync(HttpMethod.Post, notes, place, body, cancel);
                return new NotePlaced(place, NoteOutcome.Created);
            }

            if (string.Equals(own.Body.Trim(), body, StringComparison.Ordinal))
            {
                return new NotePlaced(place, NoteOutcome.Same);
            }

            await AskAsync(HttpMethod.Put, $"{notes}/{own.Id.ToString(CultureInfo.InvariantCulture)}", place, body, cancel);
            return new NotePlaced(place, NoteOutcome.Updated);
        }
        catch (HttpRequestException refused) when (refused.StatusCode == HttpStatusCode.Forbidden)
        {
            return new NotePlaced(place, NoteOutcome.Refused, "the token may not comment there");
        }
        catch (Exception failed) when (failed is HttpRequestException or JsonException || (failed is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            throw new FeedbackException(Fault.Unavailable, $"GitLab can't be told: {InertText.Line(failed.Message, 200)}", failed);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>The comment of an earlier run, the oldest; null when there is none.</summary>
    private async Task<(long Id, string Body)?> OwnAsync(string notes, string marker, string place, CancellationToken cancel)
    {
        var self = Id(await AskAsync(HttpMethod.Get, "user", place, body: null, cancel));
        for (var page = 1; page <= MostPages; page++)
        {
            var items = await AskAsync(HttpMethod.Get, FormattableString.Invariant($"{notes}?sort=asc&order_by=created_at&per_page={PageSize}&page={page}"), place, body: null, cancel);
            if (items.ValueKind != JsonValueKind.Array)
            {
                throw new JsonException("it answered something else than a list of comments");
            }

            foreach (var note in items.EnumerateArray())
            {
                if (self is not null && note.ValueKind == JsonValueKind.Object && note.TryGetProperty("author", out var author) && Id(author) == self
                    && Id(note) is { } id && note.TryGetProperty("body", out var text) && text.ValueKind == JsonValueKind.String
                    && text.GetString() is { } body && body.StartsWith(marker, StringComparison.Ordinal))
                {
                    return (id, body);
                }
            }

            if (items.GetArrayLength() < PageSize)
            {
                break;
            }
        }

        return null;
    }

    private async Task<JsonElement> AskAsync(HttpMethod method, string address, string place, string? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(new { body }) };
        using var answer = await _http.SendAsync(request, cancel);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.Unauthorized:
                throw new FeedbackException(Fault.Usage, $"GitLab does not take the token for {_path}; give one of scope 'api' that may comment");
            case HttpStatusCode.NotFound:
                throw new FeedbackException(Fault.Usage, $"GitLab knows no {place} in {_path}, or does not show it to this token");
            case >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest:
                throw new FeedbackException(Fault.Usage, $"'{_path}' has moved; set the remote 'origin' to its new address");
        }

        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancel);
    }

    private static long? Id(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var whole) ? whole : null;
}
