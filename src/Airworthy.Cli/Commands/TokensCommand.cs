using System.CommandLine;
using System.Globalization;
using Airworthy.Cli.Servers;
using Airworthy.Model;
using Airworthy.Server.Access;
using Spectre.Console;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy tokens</c>: who may send to a server, read from it, and change it.</summary>
internal static class TokensCommand
{
    public static Command Create(Terminal terminal) =>
        new("tokens", "Who may send to a server, read from it, and change it.") { Add(terminal), List(terminal), Revoke(terminal) };

    private static Command Add(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "Who it is for." };
        var scopes = new Option<AccessScope[]>("--scope")
        {
            Description = "What it is for: ingest (telemetry, deployments, webhooks), read or write; may be given more than once.",
            HelpName = "SCOPE",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var expires = new Option<DateTimeOffset?>("--expires") { Description = "Until when it opens; until it is revoked when left out.", HelpName = "TIME", CustomParser = TimeArgument.Read };
        var place = new TokenPlace();
        var command = new Command(
            "add",
            """
            Make a token and print it, this one time: only its digest is kept. A server that runs knows it at once.

            Examples:
              airworthy tokens add shop --scope ingest
              airworthy tokens add ci --scope ingest read --expires 2027-01-01
            """) { name, scopes, expires };
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            terminal.WriteLine(place.Open(parsed, terminal).Add(
                parsed.GetRequiredValue(name), [.. parsed.GetRequiredValue(scopes).Distinct().Order()], TimeProvider.System.GetUtcNow(), parsed.GetValue(expires)));
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var place = new TokenPlace();
        var format = new AnswerFormat();
        var command = new Command(
            "list",
            """
            List the tokens there are, not what they are.

            Examples:
              airworthy tokens list
            """);
        place.AddTo(command);
        format.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var tokens = place.Open(parsed, terminal).Read().Select(token => new { token.Name, token.Scopes, token.Made, token.Expires }).ToList();
            await format.WriteAsync(
                parsed,
                terminal,
                new { Tokens = tokens },
                (console, _) =>
                {
                    var table = Tables.Plain("name", "for", "made", "expires");
                    foreach (var token in tokens)
                    {
                        Tables.Row(table, token.Name, string.Join(", ", token.Scopes.Select(scope => Words.Of(scope))), Tables.At(token.Made), token.Expires is { } at ? Tables.At(at) : "never");
                    }

                    if (tokens.Count > 0)
                    {
                        console.Write(table);
                    }
                    else
                    {
                        console.WriteLine("No token yet. Make one:  airworthy tokens add NAME --scope ingest");
                    }
                },
                cancel);
            return ExitCode.Yes;
        });
        return command;
    }

    private static Command Revoke(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "Whose token." };
        var place = new TokenPlace();
        var command = new Command(
            "revoke",
            """
            Take a token away, at once, also from a server that runs.

            Examples:
              airworthy tokens revoke shop
            """) { name };
        place.AddTo(command);
        command.SetAction(parsed =>
        {
            place.Open(parsed, terminal).Revoke(parsed.GetRequiredValue(name));
            terminal.WriteLine(Printable.Of(string.Create(CultureInfo.InvariantCulture, $"The token {parsed.GetRequiredValue(name)} opens nothing any more.")));
            return ExitCode.Yes;
        });
        return command;
    }

    /// <summary>The options <c>--data DIR</c> and <c>--file FILE</c>: where the tokens are.</summary>
    private sealed class TokenPlace
    {
        private readonly Option<string> _data = DataFolder.Option("The server's data folder, which holds its tokens.");
        private readonly Option<string?> _file = new("--file") { Description = "The file of tokens, where the server was given one by --tokens.", HelpName = "FILE" };

        public void AddTo(Command command)
        {
            command.Options.Add(_data);
            command.Options.Add(_file);
        }

        public TokenFile Open(ParseResult parsed, Terminal terminal) => new(terminal.Resolve(
            parsed.GetValue(_file) ?? Path.Combine(parsed.GetRequiredValue(_data), TokenFile.DefaultName)));
    }
}
