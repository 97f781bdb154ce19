using Airworthy.Trials;
using Xunit;

namespace Airworthy.Tests.Trials;

/// <summary>What code under trial can't do.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("airworthy-test-").FullName;

    [Fact]
    public async Task Writes_nothing_but_what_it_is_given()
    {
        var outside = Path.Combine(AppContext.BaseDirectory, "written-by-the-sandbox");
        var end = await RunAsync("sh", "-c", $"echo x > {_scratch}/inside; echo x > {outside}; echo x > /etc/airworthy-test");
        Assert.True(File.Exists(Path.Combine(_scratch, "inside")));
        Assert.False(File.Exists(outside));
        Assert.False(File.Exists("/etc/airworthy-test"));
        Assert.Contains("Read-only", end.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Sees_no_network_no_secret_variable_and_no_file_of_others()
    {
        Environment.SetEnvironmentVariable("AIRWORTHY_TEST_TOKEN", "secret");
        var other = Directory.CreateTempSubdirectory("airworthy-other-");
        try
        {
            var end = await RunAsync("sh", "-c", $"cat /proc/net/dev | tail -n +3 | cut -d: -f1; env; ls {other.FullName}");
            Assert.Equal("lo", end.Output.Split('\n')[0].Trim());
            Assert.DoesNotContain("secret", end.Output, StringComparison.Ordinal);
            Assert.NotEqual(0, end.Exit);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AIRWORTHY_TEST_TOKEN", null);
            other.Delete();
        }
    }

    [Fact]
    public async Task Tells_how_the_program_ended()
    {
        Assert.Equal(7, (await RunAsync("sh", "-c", "exit 7")).Exit);
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private async Task<TrialProcessEnd> RunAsync(string program, params string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        var sandbox = await Sandbox.FindAsync(isUnsafe: false, cancel);
        return await TrialProcess.RunAsync(sandbox.Command(program, arguments, new SandboxRules(_scratch, [_scratch])), TimeSpan.FromMinutes(1), cancel);
    }
}
