using System.CommandLine;
using Airworthy.Model;

namespace Airworthy.Cli.Servers;

/// <summary>The options <c>--server URL --token-file FILE</c> of every verb that asks a server.</summary>
internal sealed class ServerOption
{
    private const int LongestToken = 4096;

    private readonly Option<string?> _server;

    /// <summary>A verb that needs a server: without a name it is this machine's.</summary>
    public ServerOption() => _server = new("--server")
    {
        Description = "The server to ask.",
        HelpName = "URL",
        DefaultValueFactory = _ => "http://127.0.0.1:4320",
    };

    /// <summary>A verb that does without a server where none is named.</summary>
    public ServerOption(string description) => _server = new("--server") { Description = description, HelpName = "URL" };

    private readonly Option<string?> _tokenFile = TokenFile("The file that holds the server's token, if it has one.");

    /// <summary>The option <c>--token-file FILE</c>.</summary>
    public static Option<string?> TokenFile(string description) => new("--token-file") { Description = description, HelpName = "FILE" };

    /// <summary>Reads a token: the file's first line.</summary>
    /// <exception cref="ServerUnreachableException">The file can't be read, or holds no token.</exception>
    public static string? ReadToken(Terminal terminal, string? file)
    {
        if (file is null)
        {
            return null;
        }

        string? token;
        try
        {
            using var reader = File.OpenText(terminal.Resolve(file));
            token = reader.ReadLine()?.Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServerUnreachableException(Fault.Unavailable, $"the token file {file} can't be read: {e.Message}", e);
        }

        return token is { Length: > 0 and <= LongestToken } && token.All(c => c is > ' ' and <= '~')
            ? token
            : throw new ServerUnreachableException(
                Fault.BadInput, $"the token file {file} holds no token in its first line; make one with 'openssl rand -hex 32 > {file}'");
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(_tokenFile);
        if (!_server.HasDefaultValue)
        {
            command.Refuse(_tokenFile, _server);
        }
    }

    /// <summary>A client of the server that was named.</summary>
    public ServerClient Open(ParseResult parsed, Terminal terminal)
    {
        var url = parsed.GetRequiredValue(_server)!;
        return Uri.TryCreate(url, UriKind.Absolute, out var server) && (server.Scheme is "http" or "https")
            ? new ServerClient(server, ReadToken(terminal, parsed.GetValue(_tokenFile)))
            : throw new ServerUnreachableException(Fault.Usage, $"--server {url} is not an http or https address");
    }

    /// <summary>A client of the server that was named; null when none was.</summary>
    public ServerClient? OpenIfNamed(ParseResult parsed, Terminal terminal) =>
        parsed.GetValue(_server) is null ? null : Open(parsed, terminal);
}
