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

        Assert.Equal([new AppliedFile("AGENTS.md", Written: true, Rules: 1)], first.Files);
        Assert.Equal([new AppliedFile("AGENTS.md", Written: false, Rules: 1)], second.Files);
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
    public async Task Every_agent_that_the_tree_shows_is_told_and_a_file_that_can_not_be_written_stops_no_other()
    {
        _shop
            .Write("AGENTS.md", "# Agents\n").Write("src/Shop/AGENTS.md", "# Shop\n").Write("CLAUDE.md", "mine\n").Write(".cursor/settings.json", "{}\n")
            .Write(".github/instructions/airworthy.instructions.md", "by hand\n").Commit("Start");
        var server = new Server("repo", [Lesson("inc-1", s_now.AddDays(1)) with { Scope = ["src/Shop/**/*.cs"] }, Lesson("inc-2", s_now.AddDays(1)) with { Scope = ["docs/**"] }]);

        var applied = await ApplyAsync(server);

        Assert.Equal(["AGENTS.md", "src/Shop/AGENTS.md", "CLAUDE.md", ".cursor/rules/airworthy.mdc"], applied.Files.Where(file => file.Written).Select(file => file.File));
        Assert.Contains("Airworthy did not write it", Assert.Single(applied.Files, file => file.Problem is not null).Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("inc-1", Read("AGENTS.md"), StringComparison.Ordinal);
        Assert.Contains("inc-1", Read("src/Shop/AGENTS.md"), StringComparison.Ordinal);
        Assert.StartsWith("---\ndescription: \"Lessons from production, by Airworthy\"\nglobs: [\"src/Shop/**/*.cs\", \"docs/**\"]\nalwaysApply: false\n---\n<!-- airworthy:begin", Read(".cursor/rules/airworthy.mdc"), StringComparison.Ordinal);
        Assert.Equal("by hand\n", Read(".github/instructions/airworthy.instructions.md"));
        Assert.All((await ApplyAsync(server)).Files, file => Assert.False(file.Written));
    }

    [Fact]
    public async Task What_is_retired_is_taken_out_and_a_file_of_our_own_goes_with_its_last_rule()
    {
        var told = Lesson("inc-1", s_now.AddDays(1));
        await ApplyAsync(new Server("repo", [told]), _shop, ["agents", "cursor"]);

        var applied = await ApplyAsync(new Server("repo", [told with { State = LessonState.Retired }]), _shop, ["agents", "cursor"]);

        Assert.All(applied.Files, file => Assert.Equal((true, 0), (file.Written, file.Rules)));
        Assert.Contains("No lesson is in force.", Read("AGENTS.md"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_shop.Folder, ".cursor", "rules", "airworthy.mdc")));
    }

    [Theory]
    [InlineData(LessonState.Draft, 3, 1)]
    [InlineData(LessonState.Retired, 3, 1)]
    [InlineData(LessonState.Accepted, 3, 100)]
    public async Task Drafts_retired_and_ineffective_lessons_are_not_told(LessonState state, int after, int changesBefore)
    {
        var lesson = Lesson("inc-1", s_now.AddDays(1)) with
        {
            State = state,
            Course = new LessonCourse(new LessonTally(3, changesBefore, 30), new LessonTally(after, 10, 10), s_now),
        };

        Assert.Empty((await ApplyAsync(new Server("repo", [lesson]))).Files);
    }

    [Fact]
    public async Task An_unknown_format_is_told_with_those_there_are() => Assert.Contains(
        "there is no format 'emacs'; use agents, claude, copilot, cursor",
        (await Assert.ThrowsAsync<LessonsException>(() => ApplyAsync(new Server("repo", []), _shop, ["emacs"]))).Message,
        StringComparison.Ordinal);

    private string Read(string file) => File.ReadAllText(Path.Combine(_shop.Folder, file));

    [Fact]
    public async Task A_bare_repository_is_refused()
    {
        using var bare = new RepositoryBuilder(bare: true);

        Assert.Contains("bare", (await Assert.ThrowsAsync<LessonsException>(() => ApplyAsync(new Server("repo", []), bare))).Message, StringComparison.Ordinal);
    }

    private Task<LessonsApplied> ApplyAsync(IServerQueries server, RepositoryBuilder? repository = null) => ApplyAsync(server, repository ?? _shop, []);

    private static async Task<LessonsApplied> ApplyAsync(IServerQueries server, RepositoryBuilder repository, string[] formats)
    {
        await using var git = await GitRepository.OpenAsync(repository.Folder, TestContext.Current.CancellationToken);
        return await LessonsJourney.ApplyAsync(server, git, name: null, file: null, formats, new FakeTimeProvider(s_now), TestContext.Current.CancellationToken);
    }

    private static LessonSummary Lesson(string incident, DateTimeOffset expires) => new(
        "lesson-" + incident, "null-dereference", ["src/**"], "Check for null.", null, incident, null, "repo", s_now.AddDays(-1), expires, 0) { State = LessonState.Accepted };

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
