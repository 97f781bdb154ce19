using System.Diagnostics;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.EndToEnd.Tests.Forms;

/// <summary>What the gate writes for other tools, held against the public schemas as packages of npm ship them.</summary>
public class PublicSchemaTests
{
    private static readonly string s_folder = Path.Combine(Checkout.Root, "tests", "Airworthy.EndToEnd.Tests", "Forms");

    [Fact]
    public async Task Sarif_and_rdjson_are_of_their_public_schemas_and_a_broken_one_is_found()
    {
        using var shop = Shop.Open();
        shop.Write("airworthy.yml", "version: 1\ncritical: [{ name: pay, paths: [\"src/\"], deny: [ai] }]\n").Commit("Deny");
        Shop.Change(shop);
        var (sarif, rdjson, broken) = (Path.Combine(shop.Folder, ".git", "s.json"), Path.Combine(shop.Folder, ".git", "r.json"), Path.Combine(shop.Folder, ".git", "b.json"));
        await RunAsync(Checkout.Airworthy, shop.Folder, "gate", "--base", "HEAD~1", "--format", "sarif", "--output", sarif);
        await RunAsync(Checkout.Airworthy, shop.Folder, "gate", "--base", "HEAD~1", "--format", "rdjson", "--output", rdjson);
        await File.WriteAllTextAsync(
            broken, (await File.ReadAllTextAsync(sarif, TestContext.Current.CancellationToken)).Replace("\"startLine\"", "\"startLin\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (exit, told) = await RunAsync("node", s_folder, "validate.mjs", sarif, rdjson);
        var (wrong, problems) = await RunAsync("node", s_folder, "validate.mjs", broken, rdjson);

        Assert.Equal((0, ""), (exit, told.Trim()));
        Assert.Equal(1, wrong);
        Assert.Contains("physicalLocation.region", problems, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Out)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
