using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.BadInput;

/// <summary>Repositories that lost objects: what can be told still is, and what can't is said.</summary>
public sealed class DamagedRepositoryTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();

    public DamagedRepositoryTests()
    {
        for (var version = 1; version <= 3; version++)
        {
            foreach (var file in Enumerable.Range(1, 20))
            {
                _shop.Write($"f{file}.cs", string.Concat(Enumerable.Range(1, 40).Select(line => $"{line} of {file}, {(line % 3 < version ? Random(file, line, version) : 0U)}\n")));
            }

            _shop.Commit($"Version {version}\n\n{Marks.Claude}\n");
        }
    }

    public void Dispose() => _shop.Dispose();

    [Theory]
    [InlineData("HEAD~1:f7.cs")]
    [InlineData("HEAD:f7.cs")]
    public async Task A_blob_that_is_gone_costs_its_file_alone_and_is_told(string gone)
    {
        var whole = (await CliRun.InAsync(_shop.Folder, "blame", "--format", "ndjson")).Lines.ToList();
        var name = _shop.Git("rev-parse", gone).Trim();
        _shop.Lose(name);

        var blame = await CliRun.InAsync(_shop.Folder, "blame", "--format", "ndjson");
        var text = await CliRun.InAsync(_shop.Folder, "scan");

        Assert.Equal((0, 0), (blame.Exit, text.Exit));
        Assert.Equal(whole.Where(line => !line.Contains("\"f7.cs\"", StringComparison.Ordinal)).Order(), blame.Lines.Order());
        Assert.StartsWith("airworthy: warning: 1 file can't be read and is left out: ", blame.Error, StringComparison.Ordinal);
        Assert.EndsWith("; see 'git fsck'\n", blame.Error, StringComparison.Ordinal);
        Assert.Contains("not counted: 1 unreadable of 20 files", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrupt_pack_ends_in_sentences_and_marked_figures_never_in_wrong_ones()
    {
        var whole = (await CliRun.InAsync(_shop.Folder, "blame", "--format", "ndjson")).Lines.ToHashSet(StringComparer.Ordinal);
        _shop.CorruptPack();
        Assert.Throws<InvalidOperationException>(() => _shop.Git("fsck"));

        var blame = await CliRun.InAsync(_shop.Folder, "blame", "--format", "ndjson");
        var scan = await CliRun.InAsync(_shop.Folder, "scan", "--format", "json");

        Assert.Equal((0, 0), (blame.Exit, scan.Exit));
        Assert.Subset(whole, blame.Lines.ToHashSet(StringComparer.Ordinal));
        var lost = whole.Count - blame.Lines.Count();
        Assert.InRange(lost, 1, 20);
        Assert.StartsWith($"airworthy: warning: {lost} file", blame.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(scan.Out);
        var skipped = Assert.Single(json.RootElement.GetProperty("coverage").GetProperty("skipped").EnumerateArray());
        Assert.Equal(("unreadable", lost), (skipped.GetProperty("reason").GetString(), skipped.GetProperty("files").GetInt32()));
        await AssertStopsAsync("rework");
        await AssertStopsAsync("show", "HEAD");
    }

    [Theory]
    [InlineData("HEAD~1:f7.cs", "rework")]
    [InlineData("HEAD~1:f7.cs", "show", "HEAD")]
    [InlineData("HEAD~1:f7.cs", "gate", "--base", "HEAD~1")]
    [InlineData("HEAD~1^{tree}", "rework")]
    [InlineData("HEAD~1^{tree}", "gate", "--base", "HEAD~1")]
    [InlineData("HEAD^{tree}", "scan")]
    [InlineData("HEAD^{tree}", "blame")]
    [InlineData("HEAD~1", "scan")]
    [InlineData("HEAD~1", "commits")]
    [InlineData("HEAD~1", "blame")]
    [InlineData("HEAD~1", "rework")]
    [InlineData("HEAD~1", "show", "HEAD")]
    [InlineData("HEAD~1", "changes", "list", "--repo")]
    public async Task What_needs_an_object_that_is_gone_stops_with_one_sentence(string gone, params string[] arguments)
    {
        _shop.Lose(_shop.Git("rev-parse", gone).Trim());

        await AssertStopsAsync(arguments);
    }

    [Fact]
    public async Task A_policy_whose_content_is_gone_is_not_taken_for_none()
    {
        _shop.Write("airworthy.yml", "version: 1\n").Commit("Say what is critical");
        _shop.Write("f1.cs", "changed\n").Commit("Change");
        _shop.Lose(_shop.Git("rev-parse", "HEAD:airworthy.yml").Trim());

        await AssertStopsAsync("gate", "--base", "HEAD~1");
        Assert.Contains("airworthy.yml", (await CliRun.InAsync(_shop.Folder, "gate", "--base", "HEAD~1")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_of_a_shallow_clone_are_refused_or_marked_with_the_command_that_deepens_it()
    {
        using var clone = _shop.Clone("--depth", "2");
        clone.Write("crash.txt", "System.Exception: x\n   at Shop.F.One() in /build/f1.cs:line 1\n");

        foreach (var verb in (string[])["scan", "commits", "blame", "show HEAD", "changes list --repo", "gate --base HEAD~1", "attribute --stack crash.txt"])
        {
            var run = await CliRun.InAsync(clone.Folder, verb.Split(' '));
            Assert.InRange(run.Exit, 0, 2);
            Assert.Contains("git fetch --unshallow", run.Out + run.Error, StringComparison.Ordinal);
        }

        var rework = await CliRun.InAsync(clone.Folder, "rework");
        Assert.Equal((69, ""), (rework.Exit, rework.Out));
        Assert.Contains("git fetch --unshallow", rework.Error, StringComparison.Ordinal);
    }

    private async Task AssertStopsAsync(params string[] arguments)
    {
        var run = await CliRun.InAsync(_shop.Folder, arguments);

        Assert.Equal((65, ""), (run.Exit, run.Out));
        Assert.Matches("^airworthy: [^\n]*\n$", run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    // Text that packs badly, so that the pack's middle is content.
    private static uint Random(int file, int line, int version) => unchecked((uint)((file * 7919) ^ (line * 104_729) ^ (version * 1_299_709)) * 2_654_435_761);
}
