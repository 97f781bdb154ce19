using Airworthy.Testing;

namespace Airworthy.Probes.Tests.Packaged;

/// <summary>A small service of which an agent wrote one method, in a repository that knows it.</summary>
internal sealed class ShopProject : IDisposable
{
    private readonly PackageFeed _feed;

    private ShopProject(PackageFeed feed, string folder)
    {
        _feed = feed;
        Folder = folder;
    }

    public string Folder { get; }

    private string Output => Path.Combine(Folder, "bin", "Release", "net10.0");

    public string Assembly => Path.Combine(Output, "Shop.dll");

    public string Symbols => Path.Combine(Output, "Shop.pdb");

    public static ShopProject Create(PackageFeed feed, string name, string properties = "", string frameworks = "<TargetFramework>net10.0</TargetFramework>")
    {
        var folder = feed.NewFolder(name);
        File.WriteAllText(Path.Combine(folder, "Shop.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                {frameworks}
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Airworthy.Probes" Version="0.1.0" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using System.Diagnostics.Metrics;

            using var listener = new MeterListener();
            listener.InstrumentPublished = (instrument, all) => { if (instrument.Meter.Name == "Airworthy.Probes") all.EnableMeasurementEvents(instrument); };
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            {
                var told = new Dictionary<string, object>();
                foreach (var tag in tags) told[tag.Key] = tag.Value;
                if (told.TryGetValue("airworthy.function.id", out var id) && instrument.Name != "airworthy.function.statements")
                {
                    Console.WriteLine($"{instrument.Name} {id} {told["code.file.path"]}:{told["code.line.number"]} {told.GetValueOrDefault("vcs.ref.head.revision")} {value}");
                }
            });
            listener.Start();
            for (var i = 0; i < 42; i++) Refunds.Half(i);
            try { Refunds.Half(-1); } catch (ArgumentException e) { Console.WriteLine(e.StackTrace); }
            Refunds.Whole(1);
            listener.RecordObservableInstruments();
            """);
        File.WriteAllText(Path.Combine(folder, "Refunds.cs"), """
            public static class Refunds
            {
                public static int Whole(int amount)
                {
                    return amount > 0 ? amount : throw new ArgumentException("amount");
                }
            }
            """);
        return new ShopProject(feed, folder);
    }

    /// <summary>Commits what a person wrote, then the method of an agent; gives the last commit.</summary>
    public string Commit()
    {
        Git("init", "-q", "-b", "main");
        Git("add", "-A");
        Git("commit", "-q", "-m", "Refund whole amounts", "--author", "Ada <ada@example.org>");
        AddAgentsMethod();
        File.WriteAllText(Path.Combine(Folder, "airworthy.yml"), "version: 1\nprobation: [ai]\n");
        Git("add", "-A");
        Git("commit", "-q", "-m", "Refund half\n\nCo-Authored-By: Claude <noreply@anthropic.com>");
        return Git("rev-parse", "HEAD").Trim();
    }

    public void AddAgentsMethod()
    {
        var file = Path.Combine(Folder, "Refunds.cs");
        File.WriteAllText(file, File.ReadAllText(file).TrimEnd()[..^1] + """

                public static int Half(int amount)
                {
                    if (amount < 0)
                    {
                        throw new ArgumentException("amount");
                    }

                    return amount / 2;
                }
            }

            """);
    }

    public Task<string> BuildAsync(params string[] more) => _feed.BuildAsync(Folder, more);

    public Task<string> RunAsync(string framework = "net10.0") => _feed.DotnetAsync(Folder, Path.Combine(Folder, "bin", "Release", framework, "Shop.dll"));

    public string Git(params string[] arguments) => GitIn(Folder, arguments);

    public static string GitIn(string folder, params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        foreach (var who in (string[])["AUTHOR", "COMMITTER"])
        {
            start.Environment[$"GIT_{who}_NAME"] = "Ada";
            start.Environment[$"GIT_{who}_EMAIL"] = "ada@example.org";
            start.Environment[$"GIT_{who}_DATE"] = RepositoryBuilder.Start.ToString("O");
        }

        using var git = System.Diagnostics.Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
