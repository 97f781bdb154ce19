using System.IO.Pipelines;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;

namespace Airworthy.Cli.Tests.Mcp;

/// <summary>An agent that speaks to <c>airworthy mcp</c> over its standard input and output.</summary>
internal sealed class AgentSession : IAsyncDisposable
{
    private readonly Pipe _input;
    private readonly Task<int> _run;

    private AgentSession(McpClient client, Pipe input, Task<int> run) => (Client, _input, _run) = (client, input, run);

    public McpClient Client { get; }

    public static async Task<AgentSession> StartAsync(string folder, params string[] arguments)
    {
        var (input, output) = (new Pipe(), new Pipe());
        var terminal = new Terminal(input.Reader.AsStream(), output.Writer.AsStream(), new StringWriter(), folder, IsOutRedirected: true, IsErrorRedirected: true);
        var run = Task.Run(() => CommandLine.RunAsync(["mcp", .. arguments], terminal));
        var client = await McpClient.CreateAsync(
            new StreamClientTransport(input.Writer.AsStream(), output.Reader.AsStream()), cancellationToken: TestContext.Current.CancellationToken);
        return new AgentSession(client, input, run);
    }

    /// <summary>Asks a tool and reads its one text as JSON.</summary>
    public static async Task<(bool IsError, JsonNode Answer)> AskAsync(McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(
            tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value), cancellationToken: TestContext.Current.CancellationToken);
        var text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        return (result.IsError ?? false, JsonNode.Parse(text)!);
    }

    public Task<(bool IsError, JsonNode Answer)> AskAsync(string tool, params (string Name, object? Value)[] arguments) => AskAsync(Client, tool, arguments);

    /// <summary>Ends the session as a client does, by closing its end; gives the exit code.</summary>
    public async Task<int> EndAsync()
    {
        await Client.DisposeAsync();
        await _input.Writer.CompleteAsync();
        return await _run;
    }

    public async ValueTask DisposeAsync() => _ = await EndAsync();
}
