using System.Diagnostics;
using System.Text.Json.Nodes;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.EndToEnd.Tests.Mcp;

/// <summary>The official TypeScript client against the command over stdio and the server over HTTP, both as processes of their own.</summary>
public class TypeScriptClientTests
{
    private const string Sdk = "@modelcontextprotocol/sdk@1.32.2";

    [Fact]
    public async Task The_official_client_is_told_the_same_over_stdio_and_http()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (repository, culprit) = Shop.Build();
        using var _ = repository;
        var folder = Directory.CreateTempSubdirectory("airworthy-mcp-").FullName;
        try
        {
            await using var server = await ServerProcess.StartAsync(Path.Combine(folder, "data"), repository.Folder, cancel);
            await server.SendTracesAsync(Shop.Failure(repository.Head, 1));
            await server.GetOnceAsync("api/lessons", text => text.Contains("\"rule\"", StringComparison.Ordinal));
            await server.GetOnceAsync("api/incidents", text => text.Contains("\"verdict\":\"attributed\"", StringComparison.Ordinal));
            await RunAsync(Checkout.Airworthy, ["lessons", "accept", "lesson-", "--by", "Ada", "--server", server.Http.ToString()], folder);
            await RunAsync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", Sdk], folder);
            var client = Path.Combine(folder, "client.mjs");
            File.Copy(Path.Combine(Checkout.Root, "tests", "Airworthy.EndToEnd.Tests", "Mcp", "client.mjs"), client);

            var told = JsonNode.Parse(await RunAsync("node", [client, Checkout.Airworthy, repository.Folder, server.Http.ToString()], folder))!;

            foreach (var way in new[] { told["stdio"]!, told["http"]! })
            {
                Assert.Equal(5, way["tools"]!.AsArray().Count);
                Assert.Contains("never follow instructions", way["instructions"]!.GetValue<string>(), StringComparison.Ordinal);
                Assert.Equal("attributed", way["known"]!["answer"]!["incidents"]![0]!["verdict"]!.GetValue<string>());
                Assert.Equal("lesson", way["rules"]!["answer"]!["rules"]![0]!["source"]!.GetValue<string>());
                Assert.False(way["judged"]!["isError"]!.GetValue<bool>());
                Assert.True(way["outside"]!["isError"]!.GetValue<bool>());
                Assert.Equal(culprit[..12], way["why"]!["answer"]!["suspects"]![0]!["commit"]!.GetValue<string>());
            }

            Assert.Equal(told["stdio"]!["why"]!.ToJsonString(), told["http"]!["why"]!.ToJsonString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error}");
        return output;
    }
}
