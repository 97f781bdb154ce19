using Airworthy.Model;
using Airworthy.Probes;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests;

public sealed class ProbesCommandTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task The_manifest_tells_the_lines_of_agents_as_policy_says()
    {
        _shop.Write("airworthy.yml", "version: 1\nprobation: [ai]\n").Write("src/A.cs", "one\ntwo\nthree\n").Write("readme.md", "x\n").Commit("By hand");
        _shop.Write("src/A.cs", "one\nagent\nagent too\nthree\n").Write("src/B.cs", "all\n");
        var head = _shop.Commit("Work\n\nCo-Authored-By: Claude <noreply@anthropic.com>");
        var run = await CliRun.InAsync(_shop.Folder, "probes", "manifest", "--out", ".airworthy/probes.json");
        Assert.Equal((0, "", ""), (run.Exit, run.Out, run.Error));

        await using var file = File.OpenRead(Path.Combine(_shop.Folder, ".airworthy", "probes.json"));
        var manifest = ProbeManifestJson.Read(file, "probes.json");
        Assert.Equal(head, manifest.Revision);
        Assert.Equal([AuthorKind.Ai], manifest.Probation);
        Assert.Equal(["src/A.cs", "src/B.cs"], manifest.Files.Select(known => known.Path.Value));
        Assert.Equal([new LineSpan(2, 3)], manifest.Files[0].Lines);
        Assert.Equal([new LineSpan(1, 1)], manifest.Files[1].Lines);
        Assert.Equal(64, manifest.Files[0].Sha256.Length);

        var printed = await CliRun.InAsync(_shop.Folder, "probes", "manifest");
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(_shop.Folder, ".airworthy", "probes.json"), TestContext.Current.CancellationToken), printed.Out);
    }

    [Fact]
    public async Task Unknown_lines_are_on_probation_unless_policy_says_otherwise()
    {
        _shop.Write("A.cs", "one\ntwo\n").Commit("By nobody knows");
        var run = await CliRun.InAsync(_shop.Folder, "probes", "manifest");

        Assert.Contains("\"probation\":[\"ai\",\"unknown\"]", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"lines\":[[1,2]]", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_tells_who_carries_a_probe_and_why_not()
    {
        WriteReport(new ReportedMethod("M:Refunds.Half(System.Int32)", "", "Refunds.cs", 10, HasProbe: true, ""), new ReportedMethod("M:Refunds.Whole(System.Int32)", "lambda", "Refunds.cs", 5, HasProbe: false, "no line of it is on probation"));
        var run = await CliRun.InAsync(_shop.Folder, "probes", "list");

        Assert.Equal(0, run.Exit);
        Assert.Equal(
            [
                "Shop: 1 of 2 methods carry probes, at 5eed",
                "  Refunds.cs",
                "         5  -      Refunds.Whole(System.Int32) (lambda)  — no line of it is on probation",
                "        10  probe  Refunds.Half(System.Int32)",
            ],
            run.Lines);
        Assert.Equal(run.Out, (await CliRun.InAsync(_shop.Folder, "probes", "list", "Shop.csproj")).Out);
        Assert.Contains("\"hasProbe\": true", (await CliRun.InAsync(_shop.Folder, "probes", "list", "--format", "json")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_without_any_probe_is_a_no()
    {
        WriteReport(new ReportedMethod("M:A.B", "", "A.cs", 1, HasProbe: false, "[NoProbe]"));
        Assert.Equal(1, (await CliRun.InAsync(_shop.Folder, "probes", "list")).Exit);
    }

    [Fact]
    public async Task The_report_of_another_build_is_not_taken_for_an_assemblys()
    {
        WriteReport(new ReportedMethod("M:A.B", "", "A.cs", 1, HasProbe: true, ""));
        var assembly = Path.Combine(_shop.Folder, "bin", "Release", "Shop.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(assembly)!);
        File.Copy(typeof(ProbesCommandTests).Assembly.Location, assembly);
        var run = await CliRun.InAsync(_shop.Folder, "probes", "list", assembly);

        Assert.Equal(65, run.Exit);
        Assert.Contains("are of other builds of it; build it again", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65, "is not a report of probes", "{}")]
    [InlineData(65, "is not a report of probes", "{\"methods\":null}")]
    [InlineData(65, "is not a report of probes", "\u0000\u0001")]
    [InlineData(69, "reference Airworthy.Probes and build with -c Release", null)]
    public async Task What_can_not_be_read_is_told_in_one_sentence(int exit, string told, string? report)
    {
        if (report is not null)
        {
            Directory.CreateDirectory(Path.Combine(_shop.Folder, "obj"));
            await File.WriteAllTextAsync(Path.Combine(_shop.Folder, "obj", "Shop.probes.json"), report, TestContext.Current.CancellationToken);
        }

        var run = await CliRun.InAsync(_shop.Folder, "probes", "list");
        Assert.Equal(exit, run.Exit);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_text_file_is_no_assembly()
    {
        _shop.Write("Shop.dll", "text");
        var run = await CliRun.InAsync(_shop.Folder, "probes", "list", "Shop.dll");
        Assert.Equal(65, run.Exit);
        Assert.Contains("is not a .NET assembly", run.Error, StringComparison.Ordinal);
        Assert.Equal(64, (await CliRun.InAsync(_shop.Folder, "probes", "list", "Gone.dll")).Exit);
    }

    private void WriteReport(params ReportedMethod[] methods)
    {
        _shop.Write("Shop.csproj", "<Project />");
        _shop.Write("obj/Release/net10.0/Shop.probes.json", ProbeReportJson.Write(new ProbeReport("Shop", "5eed", Guid.Empty, [.. methods])));
    }
}
