using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Journeys;

public sealed class DeclaredAuthorsTests : IDisposable
{
    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Only_what_the_policy_declares_is_human_and_says_so()
    {
        var old = _shop.Write("src/a.cs", "1\n").Commit("Old");
        _shop.Wait(TimeSpan.FromDays(10));
        var recent = _shop.Write("src/a.cs", "1\n2\n").Write("sql/b.sql", "1\n").Commit("Recent");
        var hinted = _shop.Write("sql/b.sql", "1\n2\n").Commit("Hinted\n\nAssisted-by: Claude Code\n");
        var signed = _shop.Write("sql/b.sql", "1\n2\n3\n").Commit("Signed\n\nCo-authored-by: Claude <noreply@anthropic.com>\n");
        _shop.Write("airworthy.yml", """
            version: 1
            authorship:
              rules:
                - { before: 2026-03-05, unattributed: human }
                - { paths: [sql/], unattributed: human }
            """).Commit("Declare");

        var cancel = TestContext.Current.CancellationToken;
        await using var git = await GitRepository.OpenAsync(_shop.Folder, cancel);
        var authors = await DeclaredAuthors.OpenAsync(git, await git.ResolveAsync("HEAD", cancel), requests: [], cancel);

        Assert.Equal(AuthorKind.Human, (await OfAsync(old)).Kind);
        Assert.Equal(("policy", "airworthy.yml"), (Assert.Single((await OfAsync(old)).Signals) is var signal ? (signal.Kind, signal.Source) : default));
        Assert.Equal(AuthorKind.Unknown, (await OfAsync(recent)).Kind);
        Assert.Equal(AuthorKind.Unknown, (await OfAsync(hinted)).Kind);
        Assert.Equal(AuthorKind.Ai, (await OfAsync(signed)).Kind);
        Assert.Equal([AuthorKind.Human, AuthorKind.Unknown], await LinesAsync("src/a.cs"));
        Assert.Equal([AuthorKind.Human, AuthorKind.Unknown, AuthorKind.Ai], await LinesAsync("sql/b.sql"));

        async Task<Authorship> OfAsync(string commit) => await authors.OfAsync(await git.CommitAsync(CommitId.Parse(commit), cancel), cancel);

        async Task<IEnumerable<AuthorKind>> LinesAsync(string path)
        {
            await foreach (var file in git.Lines.OriginsAsync([new RepoPath(path)], await git.ResolveAsync("HEAD", cancel), cancel))
            {
                return (await authors.OfFileAsync(file, cancel)).Select(run => run.Authorship.Kind);
            }

            return [];
        }
    }

    [Fact]
    public async Task A_rule_with_paths_reaches_a_commit_all_of_whose_files_it_declares()
    {
        const string Moved = "1\n2\n3\n4\n5\n";
        var inside = _shop.Write("sql/a.sql", "1\n").Commit("Only here");
        var across = _shop.Write("sql/a.sql", "2\n").Write("src/a.cs", Moved).Commit("Here and there");
        var moved = _shop.Move("src/a.cs", "sql/a.cs").Commit("Move in");
        var signed = _shop.Write("sql/a.sql", "3\n").Commit("Signed\n\nCo-authored-by: Claude <noreply@anthropic.com>\n");
        var deleted = _shop.Delete("sql/a.sql").Commit("Delete");
        var empty = _shop.Commit("Nothing at all");
        _shop.Branch("side", inside).Write("sql/b.sql", "1\n").Commit("Beside");
        _shop.Checkout("main");
        var merge = _shop.Merge("Merge side", "side");
        _shop.Write("airworthy.yml", "version: 1\nauthorship: {rules: [{paths: [sql/], unattributed: human}]}\n").Commit("Declare");

        var cancel = TestContext.Current.CancellationToken;
        await using var git = await GitRepository.OpenAsync(_shop.Folder, cancel);
        var authors = await DeclaredAuthors.OpenAsync(git, await git.ResolveAsync("HEAD", cancel), requests: [], cancel);

        Assert.Equal(
            [AuthorKind.Human, AuthorKind.Unknown, AuthorKind.Unknown, AuthorKind.Ai, AuthorKind.Human, AuthorKind.Unknown, AuthorKind.Unknown],
            await new[] { inside, across, moved, signed, deleted, empty, merge }.ToAsyncEnumerable()
                .Select(async (string commit, CancellationToken stop) => (await authors.OfAsync(CommitId.Parse(commit), stop)).Kind)
                .ToListAsync(cancel));
    }
}
