using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Git;

public sealed class PatchFileTests : IDisposable
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    private readonly RepositoryBuilder _repo = new();
    private readonly string _cache = Directory.CreateTempSubdirectory("airworthy-patches-").FullName;

    public PatchFileTests()
    {
        for (var i = 0; i < 70; i++)
        {
            _repo.Write("a.txt", $"line {i / 3}\nand {i}\n").Commit($"{i}");
        }
    }

    public void Dispose()
    {
        _repo.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    [Fact]
    public async Task A_patch_is_read_once()
    {
        var read = await TellAsync();
        var file = Assert.Single(Directory.GetFiles(_cache, "*.patches.db"));

        // What it holds is believed: nothing else could tell that it was asked.
        await using (var patches = new PatchFile(file))
        {
            patches.Write([(Patches()[3], new PatchDigest(5, [6]))]);
        }

        var again = await TellAsync();
        Assert.Equal(read.Where((_, i) => i != 3), again.Where((_, i) => i != 3));
        Assert.Equal("5 6", again[3]);
    }

    [Fact]
    public async Task A_damaged_file_is_begun_anew()
    {
        var read = await TellAsync();
        var file = Assert.Single(Directory.GetFiles(_cache, "*.patches.db"));
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("no database ", 1000)), s_cancel);

        Assert.Equal(read, await TellAsync());
        Assert.Equal(read, await TellAsync());
    }

    private PatchDigest.Patch[] Patches() =>
    [
        .. _repo.Git("rev-list", "--parents", "main").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .Select(ids => new PatchDigest.Patch(CommitId.Parse(ids[0]), ids.Length > 1 ? CommitId.Parse(ids[1]) : null)),
    ];

    private async Task<string[]> TellAsync()
    {
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel, _cache);
        return [.. (await PatchDigests.ReadAsync(git, Patches(), s_cancel)).Select(digest => $"{digest.Id} {string.Join(' ', digest.Lines.Order())}")];
    }
}
