using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests;

/// <summary><c>init</c>: a first policy that the gate takes, never over one that is there.</summary>
public sealed class InitCommandTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();

    public InitCommandTests() => _shop.Write("src/Payments/Pay.cs", "class Pay { }\n").Commit("Start");

    public void Dispose() => _shop.Dispose();

    private string Policy => Path.Combine(_shop.Folder, "airworthy.yml");

    [Fact]
    public async Task The_policy_it_writes_is_one_that_the_gate_reads()
    {
        var run = await CliRun.InAsync(_shop.Folder, "init");
        _shop.Commit("Say what is critical");
        _shop.Write("readme.txt", "x\n").Commit("Change");
        var gate = await CliRun.InAsync(_shop.Folder, "gate", "--base", "HEAD~1");

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("proposed as critical: payments", run.Out, StringComparison.Ordinal);
        Assert.Equal((0, ""), (gate.Exit, gate.Error));
        Assert.Contains("policy airworthy.yml@", gate.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_mended_often_is_proposed_by_its_history()
    {
        for (var i = 0; i < 5; i++)
        {
            _shop.Write("src/Core.cs", $"class Core {{ int A() => {i}; }}\n").Commit(i < 4 ? "Fix the core (#4)" : "Revert \"Fix the core\"");
        }

        _shop.Write("src/Core.cs", "class Core { }\n").Write("src/Fixture.cs", "class Fixture { }\n").Commit("Prefix fixtures");

        var run = await CliRun.InAsync(_shop.Folder, "init");

        Assert.Contains("proposed as critical: mended-often (/src/Core.cs), the commits that mend something changed these most often: 5 times", run.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.InAsync(_shop.Folder, "policy", "check")).Exit);
    }

    [Fact]
    public async Task A_policy_that_is_there_is_replaced_only_by_force()
    {
        const string Mine = "version: 1\nservices: [mine]\n";
        _shop.Write("airworthy.yml", Mine);

        var refused = await CliRun.InAsync(_shop.Folder, "init");
        var kept = await File.ReadAllTextAsync(Policy, TestContext.Current.CancellationToken);
        var forced = await CliRun.InAsync(_shop.Folder, "init", "--force");

        Assert.Equal((65, ""), (refused.Exit, refused.Out));
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(Mine, kept);
        Assert.Equal(0, forced.Exit);
        Assert.NotEqual(Mine, await File.ReadAllTextAsync(Policy, TestContext.Current.CancellationToken));
    }
}
