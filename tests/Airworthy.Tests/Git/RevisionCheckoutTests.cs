using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Git;

public sealed class RevisionCheckoutTests : IDisposable
{
    private static readonly CancellationToken s_cancel = TestContext.Current.CancellationToken;

    private readonly RepositoryBuilder _repo = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("airworthy-test-").FullName;

    public void Dispose()
    {
        _repo.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_folder_takes_another_revision_after_a_checkout_that_was_killed_in_it()
    {
        var first = CommitId.Parse(_repo.Write("a", "1\n").Write("old", "x\n").Commit("one"));
        var second = CommitId.Parse(_repo.Write("a", "2\n").Delete("old").Commit("two"));
        await using var git = await GitRepository.OpenAsync(_repo.Folder, s_cancel);
        await RevisionCheckout.WriteAsync(git, first, _folder, s_cancel);

        // What a git that is killed in the middle leaves: its locks, and half of the files.
        await File.WriteAllTextAsync(Path.Combine(_folder, ".git", "HEAD.lock"), "", s_cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, ".git", "config.lock"), "", s_cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder, ".git", "index.lock"), "half", s_cancel);
        File.Delete(Path.Combine(_folder, "a"));
        await RevisionCheckout.WriteAsync(git, second, _folder, s_cancel);

        Assert.Equal("2\n", await File.ReadAllTextAsync(Path.Combine(_folder, "a"), s_cancel));
        Assert.False(File.Exists(Path.Combine(_folder, "old")));
    }
}
