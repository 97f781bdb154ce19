using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.Gates;

/// <summary>The forms in which other tools read a verdict, each of the same change: one unit is denied, and one catches all there is.</summary>
public sealed class GateFormTests : IDisposable
{
    private const string Policy = "version: 1\ncritical:\n  - { name: payments, paths: [\"src/Pay me.cs\"], deny: [ai] }\n";
    private const string Path = "src/Pay me.cs";

    private readonly RepositoryBuilder _shop = new();

    public GateFormTests()
    {
        _shop.Write("airworthy.yml", Policy).Write(Path, Source("return 1;")).Commit("Start");
        _shop.Write(Path, Source("try { return int.Parse(of); } catch { return 0; }")).Commit($"Pay\n\n{Marks.Claude}\n");
    }

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Sarif_has_each_finding_with_its_rule_its_place_and_a_fingerprint()
    {
        using var sarif = JsonDocument.Parse((await GateAsync("sarif")).Out);

        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        var run = Assert.Single(sarif.RootElement.GetProperty("runs").EnumerateArray());
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()).ToArray();
        var results = run.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(["deny/payments", "risk/swallowed-exception"], results.Select(result => result.GetProperty("ruleId").GetString()));
        Assert.All(results, result => Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()]));
        Assert.Equal(["error", "note"], results.Select(result => result.GetProperty("level").GetString()));
        var place = Assert.Single(results[0].GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation");
        Assert.Equal("src/Pay%20me.cs", place.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal((7, 7), (place.GetProperty("region").GetProperty("startLine").GetInt32(), place.GetProperty("region").GetProperty("endLine").GetInt32()));
        Assert.NotEqual(Fingerprint(results[0]), Fingerprint(results[1]));

        static string? Fingerprint(JsonElement result) => result.GetProperty("partialFingerprints").GetProperty("airworthyUnit/v1").GetString();
    }

    [Fact]
    public async Task Reviewdog_reads_the_findings_with_their_lines()
    {
        using var rdjson = JsonDocument.Parse((await GateAsync("rdjson")).Out);

        Assert.Equal("airworthy", rdjson.RootElement.GetProperty("source").GetProperty("name").GetString());
        var first = rdjson.RootElement.GetProperty("diagnostics")[0];
        Assert.Equal(("ERROR", "deny/payments"), (first.GetProperty("severity").GetString(), first.GetProperty("code").GetProperty("value").GetString()));
        Assert.Equal((Path, 7), (first.GetProperty("location").GetProperty("path").GetString(), first.GetProperty("location").GetProperty("range").GetProperty("start").GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task GitLab_reads_the_findings_as_a_code_quality_report()
    {
        using var report = JsonDocument.Parse((await GateAsync("gitlab")).Out);

        var first = report.RootElement[0];
        Assert.Equal(["description", "check_name", "fingerprint", "severity", "location"], first.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("deny/payments", "blocker"), (first.GetProperty("check_name").GetString(), first.GetProperty("severity").GetString()));
        Assert.Equal((Path, 7), (first.GetProperty("location").GetProperty("path").GetString(), first.GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32()));
    }

    [Fact]
    public async Task A_finding_is_known_again_where_lines_moved()
    {
        var start = _shop.Git("rev-parse", "HEAD~1").Trim();
        var before = await FingerprintsAsync();
        _shop.Write(Path, "// A note.\n" + Source("try { return int.Parse(of); } catch { return 0; }")).Commit($"Note\n\n{Marks.Claude}\n");

        Assert.Subset(await FingerprintsAsync(), before);

        async Task<HashSet<string>> FingerprintsAsync()
        {
            using var report = JsonDocument.Parse((await CliRun.InAsync(_shop.Folder, ["gate", "--base", start, "--format", "gitlab"])).Out);
            return [.. report.RootElement.EnumerateArray().Select(finding => finding.GetProperty("fingerprint").GetString()!)];
        }
    }

    [Fact]
    public async Task A_page_shows_all_of_it_and_nothing_of_the_repository_acts_in_it()
    {
        _shop.Write("src/<img src=x onerror=alert(1)>.cs", Source("return 2;")).Commit($"Odd\n\n{Marks.Claude}\n");

        var html = (await CliRun.InAsync(_shop.Folder, ["gate", "--base", "HEAD~2", "--format", "html"])).Out;
        Assert.Equal(2, html.Split("swallowed-exception").Length);

        Assert.Contains("<span class=\"fail\">FAIL</span>", html, StringComparison.Ordinal);
        Assert.Contains("swallowed-exception", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_goes_to_a_file_and_one_line_to_the_terminal()
    {
        var file = System.IO.Path.Combine(_shop.Folder, "gate.json");

        var run = await CliRun.InAsync(_shop.Folder, ["gate", "--base", "HEAD~1", "--format", "json", "--output", file]);

        Assert.Equal(1, run.Exit);
        Assert.StartsWith("FAIL  ", Assert.Single(run.Lines), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal("fail", json.RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task Without_a_base_the_main_branch_is_it_and_that_is_said()
    {
        _shop.Branch("topic").Write("src/New.cs", Source("return 3;")).Commit($"New\n\n{Marks.Claude}\n");

        var run = await CliRun.InAsync(_shop.Folder, ["gate"]);

        Assert.Equal(2, run.Exit);
        Assert.Contains("comparing HEAD with main", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 2 changed units", run.Lines.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_is_refused_where_no_job_names_its_file()
    {
        var run = await CliRun.InAsync(_shop.Folder, ["gate", "--base", "HEAD~1", "--summary"]);

        Assert.Equal(64, run.Exit);
        Assert.Contains("GITHUB_STEP_SUMMARY", run.Error, StringComparison.Ordinal);
    }

    private static string Source(string body) => $"namespace Shop;\n\npublic static class Pay\n{{\n    public static int Answer(string of)\n    {{\n        {body}\n    }}\n}}\n";

    private Task<CliRun> GateAsync(string format) => CliRun.InAsync(_shop.Folder, ["gate", "--base", "HEAD~1", "--format", format]);
}
