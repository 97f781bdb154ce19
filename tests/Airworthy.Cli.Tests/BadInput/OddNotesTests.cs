using System.Text;
using System.Text.Json;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Cli.Tests.BadInput;

/// <summary>Notes of every size and shape that git can hold.</summary>
public sealed class OddNotesTests : IDisposable
{
    private const int Megabyte = 1 << 20;

    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_tree_of_notes_spread_over_folders_is_read_like_a_flat_one()
    {
        var entries = new StringBuilder();
        for (var commit = 0; commit < 4; commit++)
        {
            var sha = _shop.Write($"f{commit}.cs", "one\ntwo\n").Commit($"Add {commit}");
            var note = _shop.GitWithInput(Encoding.UTF8.GetBytes(GitAiNote.Of($"f{commit}.cs", "1")), "hash-object", "-w", "--stdin").Trim();
            entries.Append($"100644 {note}\t{sha[..2]}/{(commit % 2 == 0 ? sha[2..] : $"{sha[2..4]}/{sha[4..]}")}\n");
        }

        _shop.Git("read-tree", "--empty");
        _shop.GitWithInput(Encoding.ASCII.GetBytes(entries.ToString()), "update-index", "--index-info");
        var tree = _shop.Git("write-tree").Trim();
        var notes = _shop.GitWithInput([], "-c", "user.name=A", "-c", "user.email=a@example.org", "commit-tree", tree, "-m", "Notes").Trim();
        _shop.Git("update-ref", "refs/notes/ai", notes);

        var (ai, total) = await LinesAsync();

        Assert.Equal((4, 8), (ai, total));
    }

    [Fact]
    public async Task A_note_of_three_megabytes_is_read_and_one_over_the_bound_is_told()
    {
        _shop.Write("a.cs", "one\ntwo\n").Commit("Add");
        _shop.Note(GitAiNote.Of("a.cs", "1", more: 3 * Megabyte));
        Assert.Equal((1, 2), await LinesAsync());

        _shop.Note(GitAiNote.Of("a.cs", "1", more: 17 * Megabyte));
        var run = await CliRun.InAsync(_shop.Folder, "blame", "--format", "ndjson");

        Assert.Equal((0, 2), await LinesAsync());
        Assert.Equal(0, run.Exit);
        Assert.Contains($"the note of {_shop.Head[..12]} in refs/notes/ai is left out: it is missing or longer than 16 MiB", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1-200000", 3)]
    [InlineData("2-2147483647", 2)]
    [InlineData("3-99999999999999999999", 0)]
    public async Task An_absurd_range_claims_no_more_than_there_is(string range, int claimed)
    {
        _shop.Write("a.cs", "one\ntwo\nthree\n").Commit("Add");
        _shop.Note(GitAiNote.Of("a.cs", range));

        Assert.Equal((claimed, 3), await LinesAsync());
    }

    [Fact]
    public async Task Two_hundred_thousand_ranges_are_read_one_by_one()
    {
        _shop.Write("a.cs", string.Concat(Enumerable.Repeat("x\n", 400_000))).Commit("Generate");
        _shop.Note(GitAiNote.Of("a.cs", string.Join(',', Enumerable.Range(0, 200_000).Select(i => (2 * i) + 1))));

        Assert.Equal((200_000, 400_000), await LinesAsync());
    }

    [Fact]
    public async Task Notes_on_commits_out_of_reach_change_nothing()
    {
        _shop.Write("a.cs", "one\n").Commit("Add");
        _shop.Branch("gone").Write("b.cs", "b\n").Commit("Gone");
        _shop.Note(GitAiNote.Of("a.cs", "1")).Note(GitAiNote.Of("a.cs", "1"), "HEAD^{tree}").Note(GitAiNote.Of("a.cs", "1"), "HEAD:a.cs");
        _shop.Checkout("main").Git("branch", "-q", "-D", "gone");
        _shop.Git("reflog", "expire", "--expire=now", "--all");
        _shop.Git("prune", "--expire=now");

        var scan = await CliRun.InAsync(_shop.Folder, "scan", "--format", "json");

        Assert.Equal((0, ""), (scan.Exit, scan.Error));
        Assert.Equal((0, 1), await LinesAsync());
    }

    private async Task<(int Ai, int Total)> LinesAsync()
    {
        var run = await CliRun.InAsync(_shop.Folder, "scan", "--format", "json");
        Assert.Equal(0, run.Exit);
        using var json = JsonDocument.Parse(run.Out);
        var lines = json.RootElement.GetProperty("lines");
        return (lines.GetProperty("ai").GetInt32(), lines.GetProperty("total").GetInt32());
    }
}
