using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Xunit;

namespace Airworthy.Probes.Tests.Packaged;

/// <summary>Real builds of a project that references the package and does nothing else.</summary>
public sealed partial class BuildTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    [Fact]
    public async Task The_agents_method_is_counted_and_the_persons_is_not()
    {
        using var shop = ShopProject.Create(feed, "counted");
        var revision = shop.Commit();
        await shop.BuildAsync();
        var told = await shop.RunAsync();

        Assert.Contains($"airworthy.function.calls M:Refunds.Half(System.Int32) Refunds.cs:10 {revision} 43", told, StringComparison.Ordinal);
        Assert.Contains($"airworthy.function.failures M:Refunds.Half(System.Int32) Refunds.cs:10 {revision} 1", told, StringComparison.Ordinal);
        Assert.DoesNotContain("M:Refunds.Whole", told, StringComparison.Ordinal);
        Assert.Contains("Refunds.cs:line 12", told, StringComparison.Ordinal);
        // What other projects compile against is the compiler's.
        var reference = await File.ReadAllTextAsync(Path.Combine(shop.Folder, "obj", "Release", "net10.0", "ref", "Shop.dll"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Airworthy", reference, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_build_without_change_weaves_nothing_and_a_touched_file_is_woven_once() => BuildsOnceAsync("incremental", "");

    [Fact]
    public Task A_new_commit_is_seen_also_where_the_SDK_does_not_ask_git() =>
        BuildsOnceAsync("unasked", "<EnableSourceControlManagerQueries>false</EnableSourceControlManagerQueries>");

    private async Task BuildsOnceAsync(string name, string properties)
    {
        using var shop = ShopProject.Create(feed, name, properties);
        shop.Commit();
        await shop.BuildAsync();
        var first = File.GetLastWriteTimeUtc(shop.Assembly);
        var again = await shop.BuildAsync("--no-restore", "-v", "normal");

        Assert.Contains("Skipping target \"AirworthyWeaveProbes\"", again, StringComparison.Ordinal);
        Assert.Equal(first, File.GetLastWriteTimeUtc(shop.Assembly));

        File.AppendAllText(Path.Combine(shop.Folder, "Program.cs"), "Console.WriteLine(\"touched\");\n");
        await shop.BuildAsync("--no-restore");
        var told = await shop.RunAsync();
        Assert.Contains("touched", told, StringComparison.Ordinal);
        Assert.Contains(told.Split('\n'), line => line.TrimEnd().EndsWith(" 43", StringComparison.Ordinal));

        // A new commit names another revision: woven again from what the compiler made, which is not run again, and never twice.
        shop.Git("add", "-A");
        shop.Git("commit", "-q", "-m", "Say so");
        var compiled = File.GetLastWriteTimeUtc(Path.Combine(shop.Folder, "obj", "Release", "net10.0", "airworthy", "Shop.dll"));
        await shop.BuildAsync("--no-restore");
        told = await shop.RunAsync();
        Assert.Contains($"{shop.Git("rev-parse", "HEAD").Trim()} 43", told, StringComparison.Ordinal);
        Assert.DoesNotContain(told.Split('\n'), line => line.TrimEnd().EndsWith(" 86", StringComparison.Ordinal));
        Assert.True(compiled <= File.GetLastWriteTimeUtc(shop.Assembly));
    }

    [Fact]
    public async Task Switched_off_the_assembly_is_that_of_a_project_without_the_package()
    {
        // Without symbols: those tell which references the compiler was given, and the assembly tells which symbols it has.
        using var shop = ShopProject.Create(feed, "off", "<AirworthyProbes>off</AirworthyProbes><DebugType>none</DebugType>");
        shop.Commit();
        await shop.BuildAsync();
        var assembly = await ReadAsync(shop.Assembly);

        var project = Path.Combine(shop.Folder, "Shop.csproj");
        await File.WriteAllTextAsync(project, Reference().Replace(await File.ReadAllTextAsync(project, TestContext.Current.CancellationToken), ""), TestContext.Current.CancellationToken);
        await feed.DotnetAsync(shop.Folder, "build", "-c", "Release", "-v", "quiet", "--no-incremental");

        Assert.Equal(await ReadAsync(shop.Assembly), assembly);
    }

    [Fact]
    public async Task Debug_builds_carry_no_probes_unless_asked()
    {
        using var shop = ShopProject.Create(feed, "debug");
        shop.Commit();
        await feed.DotnetAsync(shop.Folder, "build", "-v", "quiet");
        Assert.DoesNotContain("airworthy.function", await feed.DotnetAsync(shop.Folder, Path.Combine(shop.Folder, "bin", "Debug", "net10.0", "Shop.dll")), StringComparison.Ordinal);

        await feed.DotnetAsync(shop.Folder, "build", "-v", "quiet", "--no-restore", "-p:AirworthyProbes=on");
        Assert.Contains("M:Refunds.Half", await feed.DotnetAsync(shop.Folder, Path.Combine(shop.Folder, "bin", "Debug", "net10.0", "Shop.dll")), StringComparison.Ordinal);

        await feed.DotnetAsync(shop.Folder, "build", "-v", "quiet", "--no-restore");
        Assert.DoesNotContain("airworthy.function", await feed.DotnetAsync(shop.Folder, Path.Combine(shop.Folder, "bin", "Debug", "net10.0", "Shop.dll")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_repository_or_a_manifest_the_build_goes_on_with_one_warning()
    {
        using var shop = ShopProject.Create(feed, "nogit");
        shop.AddAgentsMethod();
        var told = await shop.BuildAsync();

        Assert.Equal("AWP001", Assert.Single(Warning().Matches(told).Select(match => match.Groups["code"].Value).Distinct(StringComparer.Ordinal)));
        Assert.Contains("1 Warning(s)", told, StringComparison.Ordinal);
        Assert.DoesNotContain("airworthy.function", await shop.RunAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_container_without_git_the_manifest_tells()
    {
        using var shop = ShopProject.Create(feed, "container", "<ContinuousIntegrationBuild>true</ContinuousIntegrationBuild>", "<TargetFrameworks>net8.0;net10.0</TargetFrameworks>");
        var revision = shop.Commit();
        await using (var repository = await Git.GitRepository.OpenAsync(shop.Folder, TestContext.Current.CancellationToken))
        {
            var head = await repository.ResolveAsync("HEAD", TestContext.Current.CancellationToken);
            var manifest = await Journeys.ProbeManifestJourney.RunAsync(repository, head, TestContext.Current.CancellationToken);
            Directory.CreateDirectory(Path.Combine(shop.Folder, ".airworthy"));
            await using var file = File.Create(Path.Combine(shop.Folder, ".airworthy", "probes.json"));
            ProbeManifestJson.Write(manifest, file);
        }

        Directory.Move(Path.Combine(shop.Folder, ".git"), Path.Combine(feed.Root, "container.git"));

        // As under an SDK whose own process can't load the weaver: by a program.
        await shop.BuildAsync("-p:_AirworthyProbesInProcess=false");

        foreach (var framework in (string[])["net8.0", "net10.0"])
        {
            Assert.Contains($"airworthy.function.calls M:Refunds.Half(System.Int32) Refunds.cs:10 {revision} 43", await shop.RunAsync(framework), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_weaver_is_compiled_ahead_for_the_platform_that_packed_it_and_weaves_on_any_other()
    {
        using var shop = ShopProject.Create(feed, "ahead");
        var revision = shop.Commit();
        await feed.DotnetAsync(shop.Folder, "restore", "-v", "quiet");
        var here = await WeaverAsync();
        var elsewhere = await WeaverAsync("-p:NETCoreSdkPortableRuntimeIdentifier=another-platform");

        Assert.True(CompiledAhead(here), $"{here} has no native code");
        Assert.False(CompiledAhead(elsewhere), $"{elsewhere} has native code");
        await shop.BuildAsync("-p:_AirworthyProbesWeaver=" + elsewhere);
        Assert.Contains($"airworthy.function.calls M:Refunds.Half(System.Int32) Refunds.cs:10 {revision} 43", await shop.RunAsync(), StringComparison.Ordinal);

        async Task<string> WeaverAsync(params string[] more) =>
            (await feed.DotnetAsync(shop.Folder, ["msbuild", "-getProperty:_AirworthyProbesWeaver", "-p:Configuration=Release", .. more])).Trim();

        static bool CompiledAhead(string assembly)
        {
            using var reader = new PEReader(File.OpenRead(assembly));
            return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
        }
    }

    [Fact]
    public async Task A_shallow_clone_counts_more_and_says_so()
    {
        using var shop = ShopProject.Create(feed, "deep", "<NoWarn>$(NoWarn);NU1507</NoWarn>");
        shop.Commit();
        var clone = Path.Combine(feed.Root, "shallow");
        ShopProject.GitIn(feed.Root, "clone", "-q", "--depth", "1", "file://" + shop.Folder, clone);
        var told = await feed.BuildAsync(clone);

        Assert.Contains("AWP005", told, StringComparison.Ordinal);
        Assert.Contains("M:Refunds.Half", await feed.DotnetAsync(clone, Path.Combine(clone, "bin", "Release", "net10.0", "Shop.dll")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_is_told_in_one_sentence()
    {
        using var shop = ShopProject.Create(feed, "wrong", "<AirworthyProbes>maybe</AirworthyProbes>");
        var failed = await Assert.ThrowsAnyAsync<Exception>(() => shop.BuildAsync());
        Assert.Contains("AWP010: AirworthyProbes is 'maybe'; it takes 'on', 'off' or 'auto'", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_records_its_requests_by_a_property_alone()
    {
        var folder = feed.NewFolder("service");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Shop.csproj"),
            """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <AirworthyRecordings>on</AirworthyRecordings>
                <NoWarn>$(NoWarn);AWP001</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Airworthy.Probes" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """,
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Program.cs"),
            """
            var builder = WebApplication.CreateBuilder(args);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.MapGet("/stock/{sku}", (string sku) => new { sku, left = 3 });
            await app.StartAsync();
            using var http = new HttpClient();
            Console.WriteLine(await http.GetStringAsync(app.Urls.First() + "/stock/cap"));
            await app.StopAsync();
            """,
            TestContext.Current.CancellationToken);
        await feed.BuildAsync(folder);
        var program = Path.Combine(folder, "bin", "Release", "net10.0", "Shop.dll");
        Assert.Contains("""{"sku":"cap","left":3}""", await feed.DotnetAsync(folder, program), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "recordings")));

        await feed.RunAsync(folder, "env", "AIRWORTHY_RECORD=GET /stock/{sku}", "OTEL_SERVICE_NAME=shop", "dotnet", program);
        var recording = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(folder, "recordings"))), TestContext.Current.CancellationToken);
        Assert.Contains("\"service\":\"shop\"", recording, StringComparison.Ordinal);
        Assert.Contains("\"assembly\":\"Shop\",\"route\":\"GET /stock/{sku}\"", recording, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trimmed_and_native_programs_count()
    {
        using var shop = ShopProject.Create(feed, "native", "<RuntimeIdentifier>linux-x64</RuntimeIdentifier><PublishAot>true</PublishAot>");
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/cc"), "native compilation needs a C toolchain");
        var revision = shop.Commit();
        var folder = Path.Combine(shop.Folder, "out");
        await feed.DotnetAsync(shop.Folder, "publish", "-c", "Release", "-o", folder, "-v", "quiet");
        var told = await feed.RunAsync(shop.Folder, Path.Combine(folder, "Shop"));
        Assert.Contains($"airworthy.function.calls M:Refunds.Half(System.Int32) Refunds.cs:10 {revision} 43", told, StringComparison.Ordinal);
        Assert.Contains($"airworthy.function.failures M:Refunds.Half(System.Int32) Refunds.cs:10 {revision} 1", told, StringComparison.Ordinal);

        await feed.DotnetAsync(shop.Folder, "publish", "-c", "Release", "-o", folder + "2", "-v", "quiet", "-p:PublishAot=false", "-p:PublishTrimmed=true");
        told = await feed.RunAsync(shop.Folder, Path.Combine(folder + "2", "Shop"));
        Assert.Contains($"airworthy.function.calls M:Refunds.Half(System.Int32) Refunds.cs:10 {revision} 43", told, StringComparison.Ordinal);
    }

    private static Task<byte[]> ReadAsync(string path) => File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

    [GeneratedRegex(@"<PackageReference Include=""Airworthy.Probes""[^>]*/>", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();

    [GeneratedRegex(@"warning (?<code>AWP\d+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Warning();
}
