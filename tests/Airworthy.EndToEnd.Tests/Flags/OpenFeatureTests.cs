using System.Diagnostics;
using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.EndToEnd.Tests.Flags;

/// <summary>OpenFeature's own client for Node.js, with its OFREP provider, against a real server.</summary>
public class OpenFeatureTests
{
    private static readonly string s_folder = Path.Combine(Checkout.Root, "tests", "Airworthy.EndToEnd.Tests", "Flags");

    [Fact]
    public async Task The_OpenFeature_client_gets_a_ramp_the_default_without_a_server_and_the_change_that_a_flag_keeps_off()
    {
        using var shop = Shop.Open();
        Shop.Change(shop, "Feature-Flag: percent\n");
        shop.Write("airworthy.yml", "version: 1\nservices: [shop]\nfeature-flags:\n  - { key: percent, ramp: 0.5 }\n").Commit("Ramp");
        var data = Directory.CreateTempSubdirectory("airworthy-flags-").FullName;
        string[] keys = [.. Enumerable.Range(0, 20).Select(i => $"user-{i}")];
        Uri address;
        IReadOnlyList<JsonElement> first;
        await using (var server = await ServerProcess.StartAsync(data, shop.Folder, TestContext.Current.CancellationToken))
        {
            address = server.Http;
            await server.GetOnceAsync("api/changes", text => text.Contains("Read percentages", StringComparison.Ordinal));
            first = await AskAsync(address, "percent", keys);
            var again = await AskAsync(address, "percent", keys);
            var unknown = await AskAsync(address, "nobody", "user-1");

            Assert.InRange(first.Count(answer => answer.GetProperty("value").GetBoolean()), 4, 16);
            Assert.All(first, answer => Assert.Equal("SPLIT", answer.GetProperty("reason").GetString()));
            Assert.Equal(first.Select(answer => answer.GetRawText()), again.Select(answer => answer.GetRawText()));
            Assert.Equal("experimental", first[0].GetProperty("flagMetadata").GetProperty("state").GetString());
            Assert.Equal(("FLAG_NOT_FOUND", false), (unknown[0].GetProperty("errorCode").GetString(), unknown[0].GetProperty("value").GetBoolean()));
        }

        var without = Assert.Single(await AskAsync(address, "percent", "user-0"));
        Assert.Equal((false, "ERROR"), (without.GetProperty("value").GetBoolean(), without.GetProperty("reason").GetString()));
        Directory.Delete(data, recursive: true);
    }

    private static async Task<IReadOnlyList<JsonElement>> AskAsync(Uri server, string flag, params string[] keys)
    {
        var start = new ProcessStartInfo("node") { WorkingDirectory = s_folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { "client.mjs", server.GetLeftPart(UriPartial.Authority), flag }.Concat(keys))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"node client.mjs: {await error}");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
