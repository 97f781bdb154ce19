using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Provenance.PullRequests;

/// <summary>Asks a forge for the pull requests of one repository, a page after the other. Never follows where an answer points to.</summary>
public sealed class ForgeClient : IDisposable
{
    private const int PageSize = 100;
    private const int MostPages = PullRequestJson.MostRequests / PageSize;
    private const int MostReviewPages = 100;
    private const int AskedAtOnce = 4;
    private const long LargestPage = 64 * 1024 * 1024;

    private readonly ForgeRepository _repository;
    private readonly HttpClient _http;

    /// <param name="repository">The repository.</param>
    /// <param name="token">A token that may read it.</param>
    /// <param name="timeout">How long one page may take; null means 60 seconds.</param>
    public ForgeClient(ForgeRepository repository, string token, TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(repository);
        _repository = repository;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !repository.Api.IsLoopback })
        {
            MaxResponseContentBufferSize = LargestPage,
            Timeout = timeout ?? TimeSpan.FromSeconds(60),
        };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("airworthy", productVersion: null));
        if (repository.Forge == Forge.GitHub)
        {
            _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }
        else
        {
            _http.DefaultRequestHeaders.TryAddWithoutValidation("PRIVATE-TOKEN", token);
        }
    }

    private string Host => _repository.Api.Host;

    /// <summary>Every pull request, whatever its state.</summary>
    /// <exception cref="PullRequestException">The forge can't be reached, refuses, or answers in another form.</exception>
    public async IAsyncEnumerable<PullRequest> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        for (var page = 1; page <= MostPages; page++)
        {
            using var answer = await AskAsync(Requests(page), FormattableString.Invariant($"page {page} of the pull requests"), cancel);
            var read = 0;
            await using var json = await answer.Content.ReadAsStreamAsync(cancel);
            await foreach (var request in PullRequestJson.ReadAsync(json, FormattableString.Invariant($"page {page} of {Host}"), cancel))
            {
                read++;
                yield return request;
            }

            if (read < PageSize)
            {
                yield break;
            }
        }

        throw new PullRequestException(
            Fault.BadInput, FormattableString.Invariant($"{Host} gave more than {MostPages} pages of pull requests; save those you need and give --pull-requests FILE"));
    }

    /// <summary>The review of one pull request: who said what of which commit, and which lines were commented.</summary>
    /// <exception cref="PullRequestException">The forge can't be reached, refuses, or answers in another form.</exception>
    public async Task<ReviewFacts> ReviewAsync(int number, CancellationToken cancel)
    {
        var isGitHub = _repository.Forge == Forge.GitHub;
        var request = isGitHub
            ? FormattableString.Invariant($"repos/{_repository.Path}/pulls/{number}")
            : FormattableString.Invariant($"projects/{Uri.EscapeDataString(_repository.Path)}/merge_requests/{number}");
        var facts = isGitHub
            ? ReviewJson.Read(await ValueAsync(request, cancel), await PagesAsync($"{request}/reviews", cancel), await PagesAsync($"{request}/comments", cancel), default, [])
            : ReviewJson.Read(await ValueAsync(request, cancel), [], [], await ValueAsync($"{request}/approvals", cancel), await PagesAsync($"{request}/notes", cancel));
        return facts ?? throw new PullRequestException(Fault.BadInput, FormattableString.Invariant($"{Host} gave something else than pull request {number}"));
    }

    /// <summary>The reviews of the merged pull requests that were touched last, at most <paramref name="most"/>; each costs three requests.</summary>
    /// <exception cref="PullRequestException">The forge can't be reached, refuses, or answers in another form.</exception>
    public async Task<ImmutableArray<ReviewFacts>> MergedReviewsAsync(int most, CancellationToken cancel)
    {
        var numbers = new List<int>();
        for (var page = 1; page <= MostPages && numbers.Count < most; page++)
        {
            var items = await ValueAsync(Merged(page), cancel);
            if (items.ValueKind != JsonValueKind.Array)
            {
                throw new PullRequestException(Fault.BadInput, FormattableString.Invariant($"page {page} of {Host} is no list of pull requests"));
            }

            numbers.AddRange(items.EnumerateArray().Select(MergedNumber).OfType<int>().Take(most - numbers.Count));
            if (items.GetArrayLength() < PageSize)
            {
                break;
            }
        }

        var reviews = new ReviewFacts[numbers.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, reviews.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancel },
            async (i, token) => reviews[i] = await ReviewAsync(numbers[i], token));
        return [.. reviews];
    }

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<JsonElement>> PagesAsync(string list, CancellationToken cancel)
    {
        var all = new List<JsonElement>();
        for (var page = 1; page <= MostReviewPages; page++)
        {
            var items = await ValueAsync(FormattableString.Invariant($"{list}?per_page={PageSize}&page={page}"), cancel);
            var before = all.Count;
            all.AddRange(items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : []);
            if (all.Count < before + PageSize)
            {
                break;
            }
        }

        return all;
    }

    private async Task<JsonElement> ValueAsync(string address, CancellationToken cancel)
    {
        using var answer = await AskAsync(address, "the review", cancel);
        try
        {
            await using var json = await answer.Content.ReadAsStreamAsync(cancel);
            using var document = await JsonDocument.ParseAsync(json, cancellationToken: cancel);
            return document.RootElement.Clone();
        }
        catch (JsonException problem)
        {
            throw new PullRequestException(Fault.BadInput, $"{Host} did not answer in JSON", problem);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(string address, string what, CancellationToken cancel)
    {
        try
        {
            var answer = await _http.GetAsync(new Uri(_repository.Api, address), cancel);
            if (!answer.IsSuccessStatusCode)
            {
                using (answer)
                {
                    throw Refused(answer);
                }
            }

            return answer;
        }
        catch (HttpRequestException problem)
        {
            throw new PullRequestException(Fault.Unavailable, $"{Host} can't be asked for pull requests: {problem.Message}", problem);
        }
        catch (TaskCanceledException problem) when (!cancel.IsCancellationRequested)
        {
            throw new PullRequestException(
                Fault.Unavailable,
                FormattableString.Invariant($"{Host} did not give {what} in {_http.Timeout.TotalSeconds} seconds; try again"),
                problem);
        }
    }

    private string Requests(int page) => _repository.Forge == Forge.GitHub
            ? FormattableString.Invariant($"repos/{_repository.Path}/pulls?state=all&per_page={PageSize}&page={page}")
            : FormattableString.Invariant($"projects/{Uri.EscapeDataString(_repository.Path)}/merge_requests?state=all&scope=all&per_page={PageSize}&page={page}");

    private string Merged(int page) => _repository.Forge == Forge.GitHub
            ? FormattableString.Invariant($"repos/{_repository.Path}/pulls?state=closed&sort=updated&direction=desc&per_page={PageSize}&page={page}")
            : FormattableString.Invariant($"projects/{Uri.EscapeDataString(_repository.Path)}/merge_requests?state=merged&scope=all&order_by=updated_at&per_page={PageSize}&page={page}");

    /// <summary>The number of a pull request of a list that was merged; null of one that was not. GitLab's list has none but those.</summary>
    private static int? MergedNumber(JsonElement request) =>
        request.ValueKind != JsonValueKind.Object ? null
        : request.TryGetProperty("iid", out var iid) ? Whole(iid)
        : request.TryGetProperty("merged_at", out var merged) && merged.ValueKind == JsonValueKind.String && request.TryGetProperty("number", out var number) ? Whole(number)
        : null;

    private static int? Whole(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var whole) && whole > 0 ? whole : null;

    private PullRequestException Refused(HttpResponseMessage answer)
    {
        var token = ForgeRepository.TokenVariable(_repository.Forge);
        var isLimited = answer.StatusCode == HttpStatusCode.TooManyRequests || First(answer, "x-ratelimit-remaining") == "0";
        var told = answer.StatusCode switch
        {
            _ when isLimited => $"its limit of requests is used up{Until(answer)}; wait, or save the pull requests and give --pull-requests FILE",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"the token in {token} is not accepted; it must be allowed to read pull requests",
            HttpStatusCode.NotFound => $"it knows no repository '{_repository.Path}', or the token in {token} may not see it",
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => $"'{_repository.Path}' has moved; set the remote 'origin' to its new address",
            _ => FormattableString.Invariant($"it answered {(int)answer.StatusCode}; try again later"),
        };
        return new PullRequestException(Fault.Unavailable, $"{Host} does not give the pull requests: {told}");
    }

    private static string Until(HttpResponseMessage answer) =>
        long.TryParse(First(answer, "x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 253_402_300_799
            ? string.Create(CultureInfo.InvariantCulture, $" until {DateTimeOffset.FromUnixTimeSeconds(seconds):HH:mm} UTC")
            : "";

    private static string? First(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;
}
