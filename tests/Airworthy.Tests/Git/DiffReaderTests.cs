using System.Text;
using Airworthy.Git;
using Airworthy.Testing;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Git;

public sealed class DiffReaderTests : IDisposable
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    private readonly RepositoryBuilder _repo = new();

    public void Dispose() => _repo.Dispose();

    [Fact]
    public async Task A_rename_with_an_edit_is_one_file_with_both_paths()
    {
        _repo.Write("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n").Commit("one");
        _repo.Move("a.txt", "b c.txt").Write("b c.txt", "1\n2\n3\nFOUR\n5\n6\n7\n8\nnine").Commit("two");

        var file = Assert.Single(await DiffAsync("HEAD~1", "HEAD"));

        Assert.Equal(("a.txt", "b c.txt"), (file.OldPath!.Value.Value, file.NewPath!.Value.Value));
        Assert.Equal([(4, 1, 4, 1), (8, 0, 9, 1)], file.Hunks.Select(h => (h.OldStart, h.OldCount, h.NewStart, h.NewCount)));
        Assert.Equal(["nine"], file.Hunks[1].Added);
    }

    [Fact]
    public async Task Additions_deletions_modes_binaries_and_type_changes_are_told_apart()
    {
        _repo.Write("gone", "1\n").Write("mode", "1\n").Write("bin", [0, 1]).Write("type", "1\n").Write("empty", "").Commit("one");
        _repo.Delete("gone").Write("new", "--- a\n+++ b\n@@ -1 +1 @@\n").Write("bin", [0, 2]);
        File.SetUnixFileMode(Path.Combine(_repo.Folder, "mode"), (UnixFileMode)Convert.ToInt32("755", 8));
        File.Delete(Path.Combine(_repo.Folder, "type"));
        File.CreateSymbolicLink(Path.Combine(_repo.Folder, "type"), "mode");
        _repo.Commit("two");

        var files = (await DiffAsync("HEAD~1", "HEAD")).ToDictionary(f => (f.OldPath ?? f.NewPath)!.Value.Value);

        Assert.Equal(["bin", "gone", "mode", "new", "type"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Null(files["gone"].NewPath);
        Assert.Null(files["new"].OldPath);
        Assert.Equal(["--- a", "+++ b", "@@ -1 +1 @@"], Assert.Single(files["new"].Hunks).Added);
        Assert.True(files["bin"].IsBinary);
        Assert.Empty(files["mode"].Hunks);
        Assert.Null(files["type"].NewPath);
    }

    [Fact]
    public void Whatever_the_bytes_the_reader_ends() =>
        Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 12].Sample(changes =>
        {
            var bytes = Encoding.UTF8.GetBytes(
                $":100644 100644 {new string('a', 40)} {new string('b', 40)} M\tf\n\ndiff --git a/f b/f\nindex aaa..bbb 100644\n" +
                "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n-x\n-y\n+z\n+w\n\\ No newline at end of file\n@@ -9 +9 @@\n-q\n+r\n");
            foreach (var (at, value) in changes)
            {
                bytes[at % bytes.Length] = value;
            }

            foreach (var file in DiffReader.ReadAsync(new MemoryStream(bytes), s_cancel).ToBlockingEnumerable(s_cancel))
            {
                Assert.All(file.Hunks, h => Assert.True(h.Added.Length <= h.NewCount && h.Removed.Length <= h.OldCount));
            }
        });

    private async Task<List<FileDiff>> DiffAsync(string from, string to)
    {
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        return await git.DiffAsync(await git.ResolveAsync(from, s_cancel), await git.ResolveAsync(to, s_cancel), s_cancel).ToListAsync(s_cancel);
    }
}
