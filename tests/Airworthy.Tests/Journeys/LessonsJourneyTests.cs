using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Journeys.Queries;
using Airworthy.Model;
using Airworthy.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Airworthy.Tests.Journeys;

public sealed class LessonsJourneyTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RepositoryBuilder _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task The_lessons_of_the_repository_are_written_once()
    {
        _shop.Write("AGENTS.md", "# Agents\r\nbe kind");
        var server = new Server("repo", [Lesson("inc-1", s_now.AddDays(1)), Lesson("inc-2", s_now)]);

        var first = await ApplyAsync(server);
        var second = await ApplyAsync(server);

        Assert.Equal(new LessonsApplied("repo", Written: true, Rules: 1, LeftOut: 0), first);
        Assert.False(second.Written);
        var text = await File.ReadAllTextAsync(Path.Combine(_shop.Folder, "AGENTS.md"), TestContext.Current.CancellationToken);
        Assert.StartsWith("# Agents\r\nbe kind\r\n\r\n<!-- airworthy:begin", text, StringComparison.Ordinal);
        Assert.Contains("inc-1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("inc-2", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_the_server_does_not_know_is_told_with_those_it_does()
    {
        var wrong = await Assert.ThrowsAsync<LessonsException>(() => ApplyAsync(new Server("shop", [])));

        Assert.Equal(Fault.Usage, wrong.Fault);
        Assert.Contains("it reads shop", wrong.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_shop.Folder, "AGENTS.md")));
    }

    [Fact]
    public async Task A_bare_repository_is_refused()
    {
        using var bare = new RepositoryBuilder(bare: true);

        Assert.Contains("bare", (await Assert.ThrowsAsync<LessonsException>(() => ApplyAsync(new Server("repo", []), bare))).Message, StringComparison.Ordinal);
    }

    private async Task<LessonsApplied> ApplyAsync(IServerQueries server, RepositoryBuilder? repository = null)
    {
        await using var git = await GitRepository.OpenAsync((repository ?? _shop).Folder, TestContext.Current.CancellationToken);
        return await LessonsJourney.ApplyAsync(server, git, name: null, "AGENTS.md", new FakeTimeProvider(s_now), TestContext.Current.CancellationToken);
    }

    private static LessonSummary Lesson(string incident, DateTimeOffset expires) => new(
        "lesson-" + incident, "null-dereference", ["src/**"], "Check for null.", null, incident, null, "repo", s_now.AddDays(-1), expires, 0);

    /// <summary>A server that knows one repository and its lessons.</summary>
    private sealed class Server(string repository, IReadOnlyList<LessonSummary> lessons) : IServerQueries
    {
        public Task<IReadOnlyList<LessonSummary>> LessonsAsync(string? asked, CancellationToken cancel) =>
            Task.FromResult(asked == repository ? lessons : []);

        public Task<IReadOnlyList<RepositorySummary>> RepositoriesAsync(CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<RepositorySummary>>([new RepositorySummary(repository, null, "/", null, 0, [], null)]);

        public Task<Overview> OverviewAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<ChangeSummary>> ChangesAsync(ChangeFilter filter, CancellationToken cancel) => throw new NotSupportedException();

        public Task<ChangeDetail?> ChangeAsync(string asked, string id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<IncidentSummary>> IncidentsAsync(int limit, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IncidentDetail?> IncidentAsync(string id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<ServiceDiagnosis>> ServicesAsync(string? service, CancellationToken cancel) => throw new NotSupportedException();

        public Task<CodeRecord?> CodeAsync(string asked, string path, CancellationToken cancel) => throw new NotSupportedException();

        public Task<RolloutVerdict?> RolloutAsync(string service, string revision, CancellationToken cancel) => throw new NotSupportedException();

        public Task<EvidenceAnswer> EvidenceAsync(EvidenceQuestion question, CancellationToken cancel) => throw new NotSupportedException();
    }
}
