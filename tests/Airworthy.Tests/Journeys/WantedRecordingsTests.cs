using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Recordings;
using Airworthy.Model;
using Xunit;

namespace Airworthy.Tests.Journeys;

/// <summary>What a server would have recorded: functions of unproven changes that run in the service.</summary>
public sealed class WantedRecordingsTests
{
    [Fact]
    public async Task Methods_of_suspect_changes_come_first_and_only_those_that_ran_here()
    {
        var wanted = await WantedRecordings.OfAsync(new Server(), "shop", TestContext.Current.CancellationToken);

        Assert.Equal(
            [("M:Shop.Refunds.Pieces(System.Int32)", ChangeState.Suspect), ("M:Shop.Stock.Left", ChangeState.Experimental)],
            wanted.Methods.Select(method => (method.Unit, method.State)));
    }

    [Fact]
    public async Task A_name_from_telemetry_that_would_name_others_is_not_asked_for()
    {
        var wanted = await WantedRecordings.OfAsync(new Server(), "shop", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(wanted.Methods, method => method.Unit.Contains('*', StringComparison.Ordinal) || method.Unit.Contains('\n', StringComparison.Ordinal));
    }

    private sealed class Server : IServerQueries
    {
        private static readonly string[] s_suspect = ["M:Shop.Refunds.Pieces(System.Int32)", "M:Shop.*", "M:Shop.A\nM:Shop.B", "GET /refunds"];
        private static readonly string[] s_experimental = ["M:Shop.Refunds.Pieces(System.Int32) [lambda]", "M:Shop.Stock.Left", "M:Till.Open"];

        public Task<IReadOnlyList<ChangeSummary>> ChangesAsync(ChangeFilter filter, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<ChangeSummary>>([Change(filter.State!.Value)]);

        public Task<ChangeDetail?> ChangeAsync(string repository, string id, CancellationToken cancel) => Task.FromResult<ChangeDetail?>(
            new ChangeDetail(
                Change(Enum.Parse<ChangeState>(id)), [], [], Units(id == nameof(ChangeState.Suspect) ? s_suspect : s_experimental), null, null, null, [], null, [], null, [], [], [], null));

        public Task<EvidenceAnswer> EvidenceAsync(EvidenceQuestion question, CancellationToken cancel) =>
            Task.FromResult(new EvidenceAnswer(Units([.. s_suspect, .. s_experimental.SkipLast(1)])));

        public Task<Overview> OverviewAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<IncidentSummary>> IncidentsAsync(int limit, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IncidentDetail?> IncidentAsync(string id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<LessonSummary>> LessonsAsync(string? repository, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<ServiceDiagnosis>> ServicesAsync(string? service, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<RepositorySummary>> RepositoriesAsync(CancellationToken cancel) => throw new NotSupportedException();

        public Task<CodeRecord?> CodeAsync(string repository, string path, CancellationToken cancel) => throw new NotSupportedException();

        public Task<RolloutVerdict?> RolloutAsync(string service, string revision, CancellationToken cancel) => throw new NotSupportedException();

        private static ChangeSummary Change(ChangeState state) =>
            new("shop", state.ToString(), "", "5eed", null, default, state, default, AuthorKind.Ai, [], 0, []);

        private static UnitEvidence[] Units(params string[] units) => [.. units.Select(unit => new UnitEvidence(unit, null, null, 1, 0, 1, "probe", 0, 0, []))];
    }
}
