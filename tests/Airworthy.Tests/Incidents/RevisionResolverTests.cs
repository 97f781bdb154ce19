using Airworthy.Git;
using Airworthy.Incidents;
using Airworthy.Model;
using Airworthy.Testing;
using Xunit;

namespace Airworthy.Tests.Incidents;

public sealed class RevisionResolverTests : IDisposable
{
    private readonly RepositoryBuilder _repository = new();
    private readonly string _first;
    private readonly string _tip;

    public RevisionResolverTests()
    {
        _first = _repository.Write("a", "1").Commit("one");
        _repository.Tag("v1.2.0");
        _tip = _repository.Write("a", "2").Commit("two");
    }

    [Fact]
    public async Task The_most_direct_source_wins()
    {
        var told = new ReportedVersion(_first, _tip, null, "1.0.0", null);
        Assert.Equal(new DeployedRevision(CommitId.Parse(_first), RevisionSource.HeadRevision, Degraded: false), await ResolveAsync(told));
    }

    [Fact]
    public async Task A_branchs_name_is_not_the_revision_that_ran()
    {
        var told = ReportedVersion.None with { HeadRevision = "main", ServiceVersion = "1.2.0" };
        Assert.Equal(new DeployedRevision(CommitId.Parse(_first), RevisionSource.Tag, Degraded: false), await ResolveAsync(told));
        Assert.Equal(new DeployedRevision(CommitId.Parse(_tip), RevisionSource.BranchTip, Degraded: true), await ResolveAsync(told with { ServiceVersion = null }));
    }

    [Fact]
    public async Task Versions_carry_commits_after_a_plus()
    {
        Assert.Equal(RevisionSource.ServiceVersion, (await ResolveAsync(ReportedVersion.None with { ServiceVersion = "1.0.0+" + _first })).Source);
        Assert.Equal(RevisionSource.SentryRelease, (await ResolveAsync(ReportedVersion.None with { SentryRelease = "shop@1.0.0+" + _first })).Source);
        Assert.Equal(RevisionSource.Tag, (await ResolveAsync(ReportedVersion.None with { ServiceVersion = "v1.2.0" })).Source);
    }

    [Fact]
    public async Task A_commit_that_is_not_here_yet_is_to_be_tried_again()
    {
        var told = ReportedVersion.None with { ServiceVersion = "1.0.0+" + new string('a', 40) };
        Assert.Equal(new DeployedRevision(null, RevisionSource.ServiceVersion, Degraded: false), await ResolveAsync(told));
    }

    [Theory]
    [InlineData("--upload-pack=evil")]
    [InlineData("1.0.0^{/two}")]
    [InlineData("..")]
    [InlineData("20260302")]
    public async Task Hostile_or_meaningless_versions_name_no_commit(string version) =>
        Assert.True((await ResolveAsync(ReportedVersion.None with { ServiceVersion = version })).Degraded);

    public void Dispose() => _repository.Dispose();

    private async Task<DeployedRevision> ResolveAsync(ReportedVersion told)
    {
        await using var git = await GitRepository.OpenAsync(_repository.Folder, TestContext.Current.CancellationToken);
        return await RevisionResolver.ResolveAsync(told, git, TestContext.Current.CancellationToken);
    }
}
