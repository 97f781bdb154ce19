using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Server.Tests.Journeys;

/// <summary>What the head of a pull request tells of a squash that the server has long read.</summary>
public class RequestHeadJourneyTests
{
    [Fact]
    public async Task A_head_that_is_fetched_later_has_the_repository_read_anew()
    {
        using var repository = new RepositoryBuilder();
        repository.Write("a.cs", "first();\n").Commit("First");
        var head = repository.Branch("topic").Write("a.cs", "first();\nsecond();\n").Commit("By an agent\n\nCo-Authored-By: Claude <noreply@anthropic.com>");
        repository.Checkout("main").Write("a.cs", "first();\nsecond();\n").Commit("Second (#7)");
        // Known to the repository, and to no ref of it yet.
        repository.Git("branch", "-q", "-D", "topic");
        await using var server = await ServerUnderTest.StartAsync(repository.Folder);
        await server.GetOnceAsync<ChangeList>("/api/changes", list => list.Changes is [{ Authorship: AuthorKind.Unknown }, { Authorship: AuthorKind.Unknown }]);

        repository.Git("update-ref", "refs/pull/7/head", head);

        var told = await server.GetOnceAsync<ChangeList>("/api/changes", list => list.Changes.Any(change => change.Authorship == AuthorKind.Ai));
        Assert.Equal("Second (#7)", Assert.Single(told.Changes, change => change.Authorship == AuthorKind.Ai).Title);
    }
}
