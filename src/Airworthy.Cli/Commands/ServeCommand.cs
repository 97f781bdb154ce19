using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Model;
using Airworthy.Server;
using Airworthy.Server.Access;
using Airworthy.Server.Alerts;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy serve</c>: takes telemetry in, watches repositories, and shows what broke and why.</summary>
internal static class ServeCommand
{
    private const int MostHeads = 1_000_000;

    private static readonly ServerOptions s_defaults = new() { DataDirectory = "" };

    public static Command Create(Terminal terminal)
    {
        var data = DataFolder.Option("The folder for the database and cloned repositories.");
        var database = new Option<string?>("--database")
        {
            Description = "A PostgreSQL database that several servers share, in place of a file in the data folder: file:PATH or env:NAME of its connection string.",
            HelpName = "SOURCE",
        };
        var repositories = new Option<string[]>("--repo")
        {
            Description = "A repository to read; may be given more than once. Naming it here also confirms the services that run it.",
            HelpName = "PATH",
            AllowMultipleArgumentsPerToken = false,
        };
        var http = Address("--http", "Where pages and API are served.", s_defaults.Http);
        var grpc = Address("--otlp-grpc", "Where OTLP over gRPC is taken.", s_defaults.OtlpGrpc);
        var otlpHttp = Address("--otlp-http", "Where OTLP over HTTP is taken.", s_defaults.OtlpHttp);
        var requestHeads = new Option<int>("--request-heads")
        {
            Description = "Of how many of the newest pull and merge requests the heads are fetched with a cloned repository, for what a squash leaves behind; 0 for none.",
            HelpName = "COUNT",
            DefaultValueFactory = _ => s_defaults.RequestHeads,
        };
        requestHeads.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > MostHeads))
            {
                result.AddError($"--request-heads '{text}' is no count; give a number from 0 to {MostHeads.ToString(CultureInfo.InvariantCulture)}");
            }
        });
        var token = ServerOption.TokenFile("A file whose first line every caller must show as its token; needed to listen beyond this machine.");
        var tokens = new Option<string?>("--tokens")
        {
            Description = "The file of tokens for single purposes, see 'airworthy tokens'; tokens.json in the data folder when left out.",
            HelpName = "FILE",
        };
        var secrets = new Option<string[]>("--webhook-secret")
        {
            Description = "The secret under which the senders of a webhook sign, by its format and a file whose first line holds it; may be given more than once.",
            HelpName = "FORMAT=FILE",
            AllowMultipleArgumentsPerToken = false,
        };
        var notify = new Option<string?>("--notify") { Description = "A JSON file that says who is told of what happens: docs/probation.md.", HelpName = "FILE" };
        var command = new Command(
            "serve",
            """
            Take telemetry in, watch repositories, and show what broke and why.

            Examples:
              airworthy serve --repo .                              # this repository, on this machine only
              airworthy serve --data /var/lib/airworthy --http http://*:4320 --token-file token
              AIRWORTHY_DATABASE=postgres://airworthy@db/airworthy airworthy serve --database env:AIRWORTHY_DATABASE
            """)
        {
            data, database, repositories, requestHeads, http, grpc, otlpHttp, token, tokens, secrets, notify,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new ServerOptions
            {
                DataDirectory = terminal.Resolve(parsed.GetRequiredValue(data)),
                Database = parsed.GetValue(database) is { } source ? DatabaseSource.Read(terminal, source) : null,
                Repositories = [.. (parsed.GetValue(repositories) ?? []).Select(terminal.Resolve)],
                Http = parsed.GetRequiredValue(http),
                OtlpGrpc = parsed.GetRequiredValue(grpc),
                OtlpHttp = parsed.GetRequiredValue(otlpHttp),
                RequestHeads = parsed.GetRequiredValue(requestHeads),
                Token = ServerOption.ReadToken(terminal, parsed.GetValue(token)),
                TokensFile = terminal.Resolve(parsed.GetValue(tokens) ?? Path.Combine(parsed.GetRequiredValue(data), TokenFile.DefaultName)),
                WebhookSecrets = (parsed.GetValue(secrets) ?? []).Select(one => Secret(terminal, one)).ToDictionary(one => one.Format, one => one.Secret, StringComparer.Ordinal),
                Webhooks = parsed.GetValue(notify) is { } file ? WebhookTargets.Read(terminal.Resolve(file)) : [],
            };
            await using var output = new StreamWriter(terminal.Out, leaveOpen: true);
            await AirworthyServer.RunAsync(options, output, cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Option<string> Address(string name, string description, string address) =>
        new(name) { Description = description, HelpName = "URL", DefaultValueFactory = _ => address };

    private static (string Format, string Secret) Secret(Terminal terminal, string given) =>
        given.Split('=', 2) is [{ Length: > 0 } format, { Length: > 0 } file]
            ? (format, ServerOption.ReadToken(terminal, file)!)
            : throw new ServerException(Fault.Usage, $"--webhook-secret {given} names no format and file; give it as github=FILE");
}
