using System.Diagnostics;
using System.Text;
using Xunit;

namespace Airworthy.Probes.Tests.Packaged;

/// <summary>The package, packed once into a folder that is used as a feed, as a team would get it from theirs.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    public string Root { get; } = Directory.CreateTempSubdirectory("airworthy-feed-").FullName;

    private string Feed => Path.Combine(Root, "feed");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Feed);
        var project = Path.Combine(SourceFolder(), "src", "Airworthy.Probes", "Airworthy.Probes.csproj");
        var configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
        await DotnetAsync(Root, "pack", project, "-c", configuration, "-o", Feed, "-v", "quiet", "--nologo");
    }

    /// <summary>A folder with a project that takes the package from the feed, and everything else from where this build does.</summary>
    public string NewFolder(string name)
    {
        var folder = Path.Combine(Root, name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Root, "packages")}" /></config>
              <packageSources><add key="airworthy" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><add key="usual" value="{UsualPackages()}" /></fallbackPackageFolders>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, ".gitignore"), "bin/\nobj/\n");
        return folder;
    }

    public Task<string> BuildAsync(string folder, params string[] more) => DotnetAsync(folder, ["build", "-c", "Release", "-v", "minimal", "--nologo", .. more]);

    /// <summary>Runs <c>dotnet</c>; gives what it printed, and fails with that when it fails.</summary>
    public Task<string> DotnetAsync(string folder, params string[] arguments) => RunAsync(folder, "dotnet", arguments);

    public async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // Its own cache, no servers that outlive the test, and nothing of the test runner's own environment.
        start.Environment["AIRWORTHY_CACHE"] = Path.Combine(Root, "cache");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_ROLL_FORWARD"] = "Major";
        start.Environment.Remove("MSBuildSDKsPath");
        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        output.Append(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Append(await error);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}");
        return output.ToString();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Airworthy.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside of the repository");
        }

        return folder.FullName;
    }

    private static string UsualPackages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } chosen ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
