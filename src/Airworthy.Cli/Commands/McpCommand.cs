using System.CommandLine;
using System.IO.Pipelines;
using Airworthy.Cli.Servers;
using Airworthy.Journeys.Agents;
using Airworthy.Server.Mcp;
using ModelContextProtocol.Server;

namespace Airworthy.Cli.Commands;

/// <summary><c>airworthy mcp</c>: answers an agent over standard input and output, by the Model Context Protocol.</summary>
internal static class McpCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new RepositoryArgument();
        var repository = new Option<string?>("--repository") { Description = "The repository, as the server names it. Default: the folder's name.", HelpName = "NAME" };
        var server = new ServerOption("The server to ask what runs, what broke and what that taught. Default: none is asked.");
        var command = new Command(
            "mcp",
            """
            Answer an agent over standard input and output, by the Model Context Protocol. It only reads.

            Examples:
              airworthy mcp                                            # what the clone tells
              airworthy mcp ../shop --server http://127.0.0.1:4320     # and what runs, what broke, what that taught
              claude mcp add airworthy -- airworthy mcp --server http://127.0.0.1:4320
            """) { folder, repository };
        server.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var git = await folder.OpenAsync(parsed, terminal, cancel);
            using var client = server.OpenIfNamed(parsed, terminal);
            var options = new McpServerOptions();
            new AgentTools(new CloneSource(git, parsed.GetValue(repository), client), TimeProvider.System).Configure(options);
            // The transport closes what it is given, and standard output is not its own.
            var output = PipeWriter.Create(terminal.Out, new StreamPipeWriterOptions(leaveOpen: true)).AsStream();
            await using var transport = new StreamServerTransport(terminal.In, output, "airworthy");
            await using var agent = McpServer.Create(transport, options);
            await agent.RunAsync(cancel);
            return ExitCode.Yes;
        });
        return command;
    }
}
