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
    public async Task Sees_no_network_no_secret_variable_no_process_and_no_file_of_others()
    {
        Environment.SetEnvironmentVariable("AIRWORTHY_TEST_TOKEN", "secret");
        var other = Directory.CreateTempSubdirectory("airworthy-other-");
        try
        {
            var end = await RunAsync("sh", "-c", $"cat /proc/net/dev | tail -n +3 | cut -d: -f1; test -d /proc/{Environment.ProcessId} && cat /proc/{Environment.ProcessId}/cmdline; env; ls /dev; ls {other.FullName}");
            Assert.Equal("lo", end.Output.Split('\n')[0].Trim());
            Assert.DoesNotContain(Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')) + "/Airworthy.Tests", end.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", end.Output, StringComparison.Ordinal);
            // Memory, disks and terminals are others' too.
            Assert.DoesNotContain("\nmem\n", end.Output, StringComparison.Ordinal);
            Assert.NotEqual(0, end.Exit);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AIRWORTHY_TEST_TOKEN", null);
            other.Delete();
        }
    }

    [Fact]
    public async Task Has_no_right_to_undo_what_keeps_it_apart_not_even_in_namespaces_of_its_own()
    {
        const string undo = "mount -o remount,bind,rw / && touch /etc/airworthy-test; umount /tmp && ls /tmp";
        var end = await RunAsync("sh", "-c", $"grep CapEff /proc/self/status; {undo}; unshare --user --map-root-user --mount sh -c '{undo}'");
        Assert.Contains("CapEff:\t0000000000000000", end.Output, StringComparison.Ordinal);
        Assert.False(File.Exists("/etc/airworthy-test"));
        Assert.Single(end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Finds_a_folder_where_it_is_told_to_and_a_home_of_its_own()
    {
        var program = Directory.CreateDirectory(Path.Combine(_scratch, "program")).FullName;
        await File.WriteAllTextAsync(Path.Combine(program, "file"), "text", TestContext.Current.CancellationToken);
        var sandbox = await Sandbox.FindAsync(isUnsafe: false, TestContext.Current.CancellationToken);
        var place = new SandboxPlace(program, CanWrite: false) { At = "/tmp/there" };
        var end = await RunAsync(sandbox, new SandboxRules(_scratch, [new SandboxPlace(_scratch, CanWrite: true), place]), "sh", "-c", $"cat {sandbox.Seen(place)}/file; touch /tmp/there/new || echo; touch $HOME/x $TMPDIR/x && pwd && echo $HOME");
        Assert.Equal(["text", _scratch, Path.Combine(_scratch, ".home")], end.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Tells_how_the_program_ended()
    {
        Assert.Equal(7, (await RunAsync("sh", "-c", "exit 7")).Exit);
        Assert.Equal(128 + 9, (await RunAsync("sh", "-c", "kill -9 $$")).Exit);
        Assert.Null((await RunAsync(TimeSpan.FromMilliseconds(300), "sleep", "600")).Exit);
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private Task<TrialProcessEnd> RunAsync(string program, params string[] arguments) => RunAsync(TimeSpan.FromMinutes(1), program, arguments);

    private async Task<TrialProcessEnd> RunAsync(TimeSpan most, string program, params string[] arguments) =>
        await TrialProcess.RunAsync(
            (await Sandbox.FindAsync(isUnsafe: false, TestContext.Current.CancellationToken)).Command(program, arguments, new SandboxRules(_scratch, [new SandboxPlace(_scratch, CanWrite: true)])),
            most,
            TestContext.Current.CancellationToken);

    private static Task<TrialProcessEnd> RunAsync(Sandbox sandbox, SandboxRules rules, string program, params string[] arguments) =>
        TrialProcess.RunAsync(sandbox.Command(program, arguments, rules), TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
}
