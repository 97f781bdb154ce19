using System.Diagnostics;
using Airworthy.Probes.Build;
using Airworthy.Probes.Tests.Weaving;
using Airworthy.Testing;
using Microsoft.CodeAnalysis.Emit;
using Xunit;

namespace Airworthy.Probes.Tests.Packaged;

/// <summary>The weaver as a build runs it, on what a build may give it.</summary>
public sealed class ProjectWeavingTests : IDisposable
{
    private const string Source = "public static class Given { public static int Run() => int.Parse(\"1\"); }";

    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-weaving-").FullName;

    private string Assembly => Path.Combine(_folder, "Sample.dll");

    private string Symbols => Path.Combine(_folder, "Sample.pdb");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_assembly_is_never_woven_twice()
    {
        Write(Compiled.From(Source, path: Path.Combine(_folder, "Code.cs")));
        await WeaveAsync("methods=all");
        var once = await File.ReadAllBytesAsync(Assembly, TestContext.Current.CancellationToken);
        await WeaveAsync("methods=all");
        Assert.Equal(once, await File.ReadAllBytesAsync(Assembly, TestContext.Current.CancellationToken));

        // Another wish is woven from what the compiler made, too.
        await WeaveAsync("methods=all", "statements=off", "revision=5eed");
        Assert.NotEqual(once, await File.ReadAllBytesAsync(Assembly, TestContext.Current.CancellationToken));
        await WeaveAsync("methods=all");
        Assert.Equal(once, await File.ReadAllBytesAsync(Assembly, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Woven_before_and_its_origin_gone_it_says_so()
    {
        Write(Compiled.From(Source, path: Path.Combine(_folder, "Code.cs")));
        await WeaveAsync("methods=all");
        Directory.Delete(Path.Combine(_folder, "kept"), recursive: true);

        var gone = await Assert.ThrowsAsync<IOException>(() => WeaveAsync("methods=all"));
        Assert.Contains("rebuild the project", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_symbols_the_assembly_stays_as_it_was()
    {
        var compiled = Compiled.From(Source);
        await File.WriteAllBytesAsync(Assembly, compiled.Image.Assembly, TestContext.Current.CancellationToken);
        Assert.Contains("warning AWP004", await WeaveAsync("methods=all"), StringComparison.Ordinal);
        Assert.Equal(compiled.Image.Assembly, await File.ReadAllBytesAsync(Assembly, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Embedded_symbols_are_enough()
    {
        Write(Compiled.From(Source, symbols: DebugInformationFormat.Embedded));
        Assert.Contains("1 of 1 methods carry probes", await WeaveAsync("methods=all"), StringComparison.Ordinal);
        Assert.False(File.Exists(Symbols));
    }

    [Theory]
    [InlineData("AWP002", "is not a manifest of probes", "{}", 0)]
    [InlineData("AWP010", "which is not there", null, 64)]
    public async Task A_manifest_that_can_not_be_used_is_told(string code, string told, string? manifest, int exit)
    {
        var compiled = Compiled.From(Source);
        Write(compiled);
        if (manifest is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "probes.json"), manifest, TestContext.Current.CancellationToken);
        }

        var (output, ended) = await RunAsync(Request("manifest=probes.json"));
        Assert.Equal(exit, ended);
        Assert.Contains($"Airworthy.Probes : {(exit == 0 ? "warning" : "error")} {code}: ", output, StringComparison.Ordinal);
        Assert.Contains(told, output, StringComparison.Ordinal);
        Assert.Equal(compiled.Image.Assembly, await File.ReadAllBytesAsync(Assembly, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("not an assembly")]
    [InlineData("")]
    public async Task What_is_no_assembly_is_a_warning(string content)
    {
        await File.WriteAllTextAsync(Assembly, content, TestContext.Current.CancellationToken);
        var (output, ended) = await RunAsync(Request("methods=all"));

        Assert.Equal(0, ended);
        Assert.Contains("Airworthy.Probes : warning AWP003: no probes are woven", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("methods=some", "AirworthyProbesMethods is 'some'; it takes 'probation' or 'all'")]
    [InlineData("recordings=maybe", "AirworthyRecordings is 'maybe'; it takes 'off' or 'on'")]
    [InlineData("statements=maybe", "AirworthyProbesStatements is 'maybe'; it takes 'on' or 'off'")]
    public void A_setting_that_is_not_known_is_told(string line, string told) =>
        Assert.Equal(told, Assert.Throws<ProbeException>(() => WeaveRequest.Read(Request(line))).Message);

    [Fact]
    public void Paths_and_mappings_are_read_as_the_build_writes_them()
    {
        var request = WeaveRequest.Read(Request("root=/home/me/a=b/=>/_/", "map=/x=/y,/z=/w", "exclude=Shop.*; *.Hash"));

        Assert.Equal([("/home/me/a=b/", "/_/"), ("/x", "/y"), ("/z", "/w")], request.Mapped);
        Assert.Equal(["Shop.*", "*.Hash"], request.Excluded);
    }

    [Fact]
    public async Task A_broken_policy_is_a_warning_and_the_build_goes_on()
    {
        using var repository = new RepositoryBuilder();
        repository.Write("airworthy.yml", "version: [").Write("Code.cs", Source).Commit("Work");
        Write(Compiled.From(Source));
        var request = Request("methods=probation");
        await File.WriteAllTextAsync(
            request, (await File.ReadAllTextAsync(request, TestContext.Current.CancellationToken)).Replace($"project={_folder}", $"project={repository.Folder}", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (output, ended) = await RunAsync(request);

        Assert.Equal(0, ended);
        Assert.Contains("warning AWP002: no probes are woven: airworthy.yml", output, StringComparison.Ordinal);
    }

    private void Write(Compiled compiled)
    {
        File.WriteAllBytes(Assembly, compiled.Image.Assembly);
        if (compiled.Image.Symbols is { } symbols)
        {
            File.WriteAllBytes(Symbols, symbols);
        }
    }

    private string Request(params string[] more)
    {
        var file = Path.Combine(_folder, "request");
        File.WriteAllLines(
            file,
            [$"assembly={Assembly}", $"symbols={Symbols}", $"kept={Path.Combine(_folder, "kept")}", $"report={Path.Combine(_folder, "report.json")}", $"project={_folder}", "manifest=", .. more]);
        return file;
    }

    private async Task<string> WeaveAsync(params string[] more)
    {
        using var output = new StringWriter();
        await ProjectWeaving.RunAsync(WeaveRequest.Read(Request(more)), output, TestContext.Current.CancellationToken);
        return output.ToString();
    }

    private static async Task<(string Output, int Exit)> RunAsync(string request)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ProjectWeaving).Assembly.Location, request]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["AIRWORTHY_CACHE"] = "off";
        using var weaver = Process.Start(start)!;
        var output = await weaver.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await weaver.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (output, weaver.ExitCode);
    }
}
