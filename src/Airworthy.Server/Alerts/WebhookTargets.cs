using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Airworthy.Model;

namespace Airworthy.Server.Alerts;

/// <summary>
/// Reads who is told of what happens: a JSON file that the server's operator names. Never from a repository: whoever may change one could have the server call
/// whom they like.
/// </summary>
public static class WebhookTargets
{
    private const int LargestFile = 1024 * 1024;
    private const int MostTargets = 100;
    private const int ShortestSecret = 16;
    private const string SecretPrefix = "whsec_";

    private static readonly string[] s_types =
    [
        "change.experimental", "change.proven", "change.suspect", "change.withdrawn", "change.switched-off", "change.reminder",
        "objective.burning", "objective.recovered",
    ];

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The targets in a file.</summary>
    /// <exception cref="ServerException">It can't be read, or something in it can't be.</exception>
    public static IReadOnlyList<WebhookTarget> Read(string file)
    {
        try
        {
            var info = new FileInfo(file);
            var bytes = info.Length <= LargestFile ? File.ReadAllBytes(file) : throw Wrong(file, "it is too large");
            var read = JsonSerializer.Deserialize<TargetsFile>(bytes, s_json)?.Targets ?? [];
            var targets = read.Length <= MostTargets ? read.Select(one => Target(file, one)).ToList() : throw Wrong(file, $"it has more than {MostTargets} targets");
            return targets.GroupBy(target => target.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? throw Wrong(file, $"the name '{twice.Key}' is given twice")
                : targets;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServerException(Fault.Unavailable, $"the webhooks file {file} can't be read: {e.Message}", e);
        }
        catch (JsonException e)
        {
            throw Wrong(file, $"{e.Message.Split(" Path:")[0].TrimEnd('.')}", e);
        }
    }

    private static WebhookTarget Target(string file, TargetEntry entry)
    {
        if (string.IsNullOrWhiteSpace(entry.Name) || entry.Name.Length > 100)
        {
            throw Wrong(file, "each target needs a 'name' of at most 100 letters");
        }

        if (!Uri.TryCreate(entry.Url, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0)
        {
            throw Wrong(file, $"'{entry.Name}': 'url' must be an https address without a password in it");
        }

        if (url.Scheme == "http" && !entry.AllowPrivate)
        {
            throw Wrong(file, $"'{entry.Name}': an http address is only taken with \"allowPrivate\": true, for a network of your own");
        }

        if (entry.Format is not (null or "cloudevents" or "slack"))
        {
            throw Wrong(file, $"'{entry.Name}': 'format' is cloudevents or slack");
        }

        if ((entry.Types ?? []).FirstOrDefault(type => !s_types.Contains(type)) is { } unknown)
        {
            throw Wrong(file, $"'{entry.Name}': there is no type '{unknown}'; there are {string.Join(", ", s_types)}");
        }

        var isSlack = entry.Format == "slack";
        var secret = Secret(file, entry);
        return secret is null && !isSlack
            ? throw Wrong(file, $"'{entry.Name}': 'secretFile' is missing, the file whose first line deliveries are signed with; make one with 'openssl rand -base64 32'")
            : new WebhookTarget(entry.Name, url, secret, isSlack, entry.Types ?? [], entry.AllowPrivate);
    }

    private static byte[]? Secret(string file, TargetEntry entry)
    {
        if (entry.SecretFile is null)
        {
            return null;
        }

        var path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, entry.SecretFile);
        var text = File.ReadLines(path).FirstOrDefault()?.Trim() ?? "";
        text = text.StartsWith(SecretPrefix, StringComparison.Ordinal) ? text[SecretPrefix.Length..] : text;
        var bytes = new byte[text.Length];
        var secret = Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(text);
        return secret.Length >= ShortestSecret ? secret : throw Wrong(file, $"'{entry.Name}': the secret in {entry.SecretFile} has fewer than {ShortestSecret} bytes");
    }

    private static ServerException Wrong(string file, string problem, Exception? cause = null) => new(Fault.BadInput, $"the webhooks file {file} can't be used: {problem}", cause);

    private sealed record TargetsFile(TargetEntry[]? Targets);

    private sealed record TargetEntry(string? Name, string? Url, string? SecretFile, string? Format, string[]? Types, bool AllowPrivate = false);
}
