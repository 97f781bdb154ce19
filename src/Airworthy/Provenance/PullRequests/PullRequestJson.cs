using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Provenance.PullRequests;

/// <summary>
/// Reads pull requests from the JSON that the forges' APIs give: an array of GitHub's <c>GET /repos/{o}/{r}/pulls?state=all</c> or GitLab's
/// <c>GET /projects/{id}/merge_requests</c>, also as <c>gh api --paginate --slurp</c> nests the pages, and of <c>gh pr list --json</c>.
/// One request is held at a time; unknown properties are passed over.
/// </summary>
public static class PullRequestJson
{
    /// <summary>Requests read of one source; more are refused.</summary>
    public const int MostRequests = 500_000;

    private const int LongestBody = 1 << 17;
    private const int LongestName = 1_000;
    private const int MostLabels = 100;

    /// <summary>Reads them one by one.</summary>
    /// <param name="json">The JSON, UTF-8.</param>
    /// <param name="name">What it is, for messages.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="PullRequestException">It is not such an array.</exception>
    public static async IAsyncEnumerable<PullRequest> ReadAsync(Stream json, string name, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(json);
        var read = 0;
        var elements = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(json, JsonSerializerOptions.Default, cancel).GetAsyncEnumerator(cancel);
        await using (elements.ConfigureAwait(false))
        {
            while (await NextAsync(elements, name))
            {
                foreach (var entry in Pages(elements.Current))
                {
                    if (++read > MostRequests)
                    {
                        throw new PullRequestException(Fault.BadInput, FormattableString.Invariant($"{name} holds more than {MostRequests} pull requests; split it"));
                    }

                    yield return Read(entry, name, read)
                        ?? throw new PullRequestException(
                            Fault.BadInput,
                            FormattableString.Invariant($"{name}: entry {read} is no pull request: it has neither 'number' (GitHub) nor 'iid' (GitLab); ")
                            + "save what GET /repos/{owner}/{repo}/pulls?state=all or GET /projects/{id}/merge_requests gives");
                }
            }
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<JsonElement> elements, string name)
    {
        try
        {
            return await elements.MoveNextAsync();
        }
        catch (JsonException problem)
        {
            var where = problem.LineNumber is { } line
                ? FormattableString.Invariant($" (line {line + 1}, byte {(problem.BytePositionInLine ?? 0) + 1})")
                : "";
            throw new PullRequestException(Fault.BadInput, $"{name} is not a JSON array of pull requests{where}", problem);
        }
    }

    private static IEnumerable<JsonElement> Pages(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [element];

    private static PullRequest? Read(JsonElement entry, string name, int position)
    {
        try
        {
            return Read(entry);
        }
        catch (InvalidOperationException problem)
        {
            // Half a surrogate pair.
            throw new PullRequestException(Fault.BadInput, FormattableString.Invariant($"{name}: entry {position} holds text that is not Unicode"), problem);
        }
    }

    private static PullRequest? Read(JsonElement entry) => entry.ValueKind != JsonValueKind.Object ? null
        : Number(entry, "iid") is { } iid ? GitLab(entry, iid)
        : Number(entry, "number") is { } number ? GitHub(entry, number)
        : null;

    private static PullRequest GitHub(JsonElement entry, int number) => new(
        Forge.GitHub,
        number,
        Text(entry, "user", "login") ?? Text(entry, "author", "login") ?? "",
        Text(entry, "head", "ref") ?? Text(entry, "headRefName") ?? "",
        Body(entry, "body"),
        Labels(entry),
        Commit(entry, "merge_commit_sha") ?? Commit(entry, "mergeCommit", "oid"),
        SquashCommit: null,
        Time(entry, "created_at") ?? Time(entry, "createdAt"),
        Time(entry, "merged_at") ?? Time(entry, "mergedAt"));

    private static PullRequest GitLab(JsonElement entry, int iid) => new(
        Forge.GitLab,
        iid,
        Text(entry, "author", "username") ?? "",
        Text(entry, "source_branch") ?? "",
        Body(entry, "description"),
        Labels(entry),
        Commit(entry, "merge_commit_sha"),
        Commit(entry, "squash_commit_sha"),
        Time(entry, "created_at"),
        Time(entry, "merged_at"));

    // GitHub's labels are objects, GitLab's are names.
    private static ImmutableArray<string> Labels(JsonElement entry) =>
        entry.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Array
            ?
            [
                .. labels.EnumerateArray().Take(MostLabels)
                    .Select(label => label.ValueKind == JsonValueKind.String ? Cut(label.GetString()!, LongestName) : Text(label, "name"))
                    .OfType<string>(),
            ]
            : [];

    private static string Body(JsonElement entry, string property) =>
        entry.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? Cut(value.GetString()!, LongestBody) : "";

    private static CommitId? Commit(JsonElement entry, params ReadOnlySpan<string> path) =>
        Text(entry, path) is { } name && CommitId.TryParse(name, out var id) ? id : null;

    private static DateTimeOffset? Time(JsonElement entry, string property) =>
        entry.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time)
            ? time.ToUniversalTime()
            : null;

    private static int? Number(JsonElement entry, string property) =>
        entry.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0
            ? number
            : null;

    private static string? Text(JsonElement entry, params ReadOnlySpan<string> path)
    {
        foreach (var property in path)
        {
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty(property, out entry))
            {
                return null;
            }
        }

        return entry.ValueKind == JsonValueKind.String ? Cut(entry.GetString()!, LongestName) : null;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
