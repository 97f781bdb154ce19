using Airworthy.Server.Alerts;
using Airworthy.Telemetry;

namespace Airworthy.Server;

/// <summary>How a server is set up. Nothing of it is read from files of the working directory or of a repository.</summary>
public sealed record ServerOptions
{
    /// <summary>The folder that holds the database and cloned repositories; made when missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>How to reach the PostgreSQL database that it shares with other servers; null for a SQLite file in the data folder. The default value is null.</summary>
    public string? Database { get; init; }

    /// <summary>Folders of repositories to read from the start. The operator named them, which also confirms their services.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>Where pages and API are served. The default value is <c>http://127.0.0.1:4320</c>.</summary>
    public string Http { get; init; } = "http://127.0.0.1:4320";

    /// <summary>Where OTLP over gRPC is taken. The default value is <c>http://127.0.0.1:4317</c>.</summary>
    public string OtlpGrpc { get; init; } = "http://127.0.0.1:4317";

    /// <summary>Where OTLP over HTTP is taken. The default value is <c>http://127.0.0.1:4318</c>.</summary>
    public string OtlpHttp { get; init; } = "http://127.0.0.1:4318";

    /// <summary>What every caller must show as <c>Authorization: Bearer …</c>; null: none, then only this machine is listened to.</summary>
    public string? Token { get; init; }

    /// <summary>The file of tokens for single purposes, see <see cref="Access.TokenFile"/>; it may come to be later. Null for none.</summary>
    public string? TokensFile { get; init; }

    /// <summary>By webhook format, the secret under which its senders sign; a format without one asks for the token. The default value is none.</summary>
    public IReadOnlyDictionary<string, string> WebhookSecrets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long telemetry is kept, and how finely.</summary>
    public RetentionTerms Retention { get; init; } = new();

    /// <summary>Who is told of what happens. The default is nobody.</summary>
    public IReadOnlyList<WebhookTarget> Webhooks { get; init; } = [];

    /// <summary>How often repositories are looked at for new commits. The default value is 2 seconds.</summary>
    public TimeSpan RepositoryPoll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Of how many of the newest pull and merge requests the heads are fetched with a cloned repository; 0: of none. The default value is 2,000.
    /// </summary>
    public int RequestHeads { get; init; } = 2_000;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
