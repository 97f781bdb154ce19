using System.Globalization;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance.Records;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Provenance.Records;

/// <summary>What a log of edits may cost that names far revisions.</summary>
public sealed class TouchedPathsTests
{
    [Fact]
    public async Task Questions_of_far_revisions_end_when_their_steps_are_used_up()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var built = new RepositoryBuilder();
        var first = built.Write("a.cs", "0\n").Commit("Start");
        var tip = first;
        for (var i = 1; i <= 20; i++)
        {
            tip = built.Write("a.cs", i.ToString(CultureInfo.InvariantCulture)).Commit("Edit");
        }

        var repository = await GitRepository.OpenAsync(built.Folder, cancel);
        var path = new RepoPath("a.cs");
        // The n-th is n steps from the first: 210 in all.
        Assert.Equal(20, await FoundAsync(1000));
        Assert.Equal(9, await FoundAsync(50));

        async Task<int> FoundAsync(long mostSteps) =>
            (await TouchedPaths.ReadAsync(repository, CommitId.Parse(tip), new HashSet<RepoPath> { path }, cancel, mostSteps)).After(CommitId.Parse(first), path).Count();
    }
}
