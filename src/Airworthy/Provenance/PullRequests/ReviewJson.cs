using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Provenance.PullRequests;

/// <summary>
/// Reads the review of one pull request: an object with what the forge's API gives as <c>pull</c> (else the object itself), <c>reviews</c> and
/// <c>comments</c> of GitHub, or <c>approvals</c> and <c>notes</c> of GitLab; also what <c>gh pr view --json number,author,createdAt,reviews</c> gives.
/// </summary>
public static class ReviewJson
{
    private const int Most = 10_000;
    private const int LongestName = 1_000;

    /// <summary>Reads it.</summary>
    /// <param name="json">The JSON, UTF-8.</param>
    /// <param name="name">What it is, for messages.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="PullRequestException">It is not such an object.</exception>
    public static async Task<ReviewFacts> ReadAsync(Stream json, string name, CancellationToken cancel)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(json, cancellationToken: cancel);
            return Read(document.RootElement)
                ?? throw new PullRequestException(
                    Fault.BadInput, $"{name} is no review: it has neither 'number' (GitHub) nor 'iid' (GitLab); save what 'gh pr view NUMBER --json number,author,createdAt,reviews' gives");
        }
        catch (JsonException problem)
        {
            throw new PullRequestException(Fault.BadInput, FormattableString.Invariant($"{name} is not JSON (line {problem.LineNumber + 1})"), problem);
        }
        catch (InvalidOperationException problem)
        {
            throw new PullRequestException(Fault.BadInput, $"{name} holds text that is not Unicode", problem);
        }
    }

    /// <summary>Reads those of many pull requests: a list of what <see cref="ReadAsync"/> reads.</summary>
    /// <exception cref="PullRequestException">It is not such a list.</exception>
    public static async Task<ImmutableArray<ReviewFacts>> ReadManyAsync(Stream json, string name, CancellationToken cancel)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(json, cancellationToken: cancel);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select((entry, index) => Read(entry)
                    ?? throw new PullRequestException(Fault.BadInput, FormattableString.Invariant($"{name}: entry {index + 1} is no review: it has neither 'number' (GitHub) nor 'iid' (GitLab)")))]
                : throw new PullRequestException(Fault.BadInput, $"{name} is no list of reviews; save what 'gh pr list --state merged --json number,author,createdAt,reviews' gives");
        }
        catch (JsonException problem)
        {
            throw new PullRequestException(Fault.BadInput, FormattableString.Invariant($"{name} is not JSON (line {problem.LineNumber + 1})"), problem);
        }
        catch (InvalidOperationException problem)
        {
            throw new PullRequestException(Fault.BadInput, $"{name} holds text that is not Unicode", problem);
        }
    }

    private static ReviewFacts? Read(JsonElement root) =>
        Read(Part(root, "pull").ValueKind == JsonValueKind.Object ? Part(root, "pull") : root, Lists(root, "reviews"), Lists(root, "comments"), Part(root, "approvals"), Lists(root, "notes"));

    /// <summary>Reads the answers of a forge; null when <paramref name="pull"/> is no pull request.</summary>
    public static ReviewFacts? Read(JsonElement pull, IEnumerable<JsonElement> reviews, IEnumerable<JsonElement> comments, JsonElement approvals, IEnumerable<JsonElement> notes)
    {
        if (Number(pull, "number") is { } number)
        {
            return new ReviewFacts(
                number,
                Login(pull, "user") ?? Login(pull, "author") ?? "",
                Time(pull, "created_at") ?? Time(pull, "createdAt"),
                [.. reviews.Take(Most).Select(GitHubReview).OfType<Review>()],
                [.. comments.Take(Most).Select(GitHubComment).OfType<ReviewComment>()]);
        }

        return Number(pull, "iid") is not { } iid ? null : new ReviewFacts(
            iid,
            Text(Part(pull, "author"), "username") ?? "",
            Time(pull, "created_at"),
            [.. Items(approvals, "approved_by").Take(Most).Select(GitLabApproval).OfType<Review>()],
            [.. notes.Take(Most).Select(GitLabNote).OfType<ReviewComment>()]);
    }

    private static Review? GitHubReview(JsonElement review) =>
        (Login(review, "user") ?? Login(review, "author")) is not { } by ? null
        : State(Text(review, "state")) is not { } state ? null
        : new Review(
            by,
            IsMachine(review, by),
            state,
            Time(review, "submitted_at") ?? Time(review, "submittedAt"),
            Commit(Text(review, "commit_id") ?? Text(Part(review, "commit"), "oid")));

    private static ReviewState? State(string? state) => state switch
    {
        "APPROVED" => ReviewState.Approved,
        "CHANGES_REQUESTED" => ReviewState.ChangesRequested,
        "COMMENTED" => ReviewState.Commented,
        _ => null,
    };

    private static ReviewComment? GitHubComment(JsonElement comment) =>
        Login(comment, "user") is { } by && Text(comment, "path") is { } path
            ? new ReviewComment(by, IsMachine(comment, by), new RepoPath(path), Text(comment, "side") == "LEFT" ? 0 : Number(comment, "line") ?? 0)
            : null;

    private static Review? GitLabApproval(JsonElement approval) =>
        Text(Part(approval, "user"), "username") is { } by
            ? new Review(by, IsBot(by), ReviewState.Approved, Time(approval, "approved_at"), Commit: null)
            : null;

    private static ReviewComment? GitLabNote(JsonElement note) =>
        Text(Part(note, "author"), "username") is { } by && Text(Part(note, "position"), "new_path") is { } path
            ? new ReviewComment(by, IsBot(by), new RepoPath(path), Number(Part(note, "position"), "new_line") ?? 0)
            : null;

    private static bool IsMachine(JsonElement entry, string by) =>
        Text(Part(entry, "user"), "type") == "Bot" || Part(Part(entry, "author"), "is_bot").ValueKind == JsonValueKind.True || IsBot(by);

    private static bool IsBot(string by) =>
        by.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase) || by.EndsWith("-bot", StringComparison.OrdinalIgnoreCase) || by.StartsWith("app/", StringComparison.Ordinal);

    private static string? Login(JsonElement entry, string property) => Text(Part(entry, property), "login");

    // As the API gives them, or as pages of them.
    private static IEnumerable<JsonElement> Lists(JsonElement of, string name) =>
        Items(of, name).SelectMany(item => item.ValueKind == JsonValueKind.Array ? (IEnumerable<JsonElement>)item.EnumerateArray() : [item]);

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) => Part(of, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    private static JsonElement Part(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var part) ? part : default;

    private static CommitId? Commit(string? name) => name is not null && CommitId.TryParse(name, out var id) ? id : null;

    private static int? Number(JsonElement of, string name) => Part(of, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number > 0 ? number : null;

    private static DateTimeOffset? Time(JsonElement of, string name) =>
        Part(of, name) is { ValueKind: JsonValueKind.String } value && value.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : null;

    private static string? Text(JsonElement of, string name) =>
        Part(of, name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 and <= LongestName } text ? text : null;
}
