using System.Diagnostics;
using System.Globalization;
using Airworthy.Bench.JudgingRound;
using Airworthy.Journeys;
using Airworthy.Journeys.Probation;
using Airworthy.Journeys.Production;
using Airworthy.Journeys.Repositories;
using Airworthy.Journeys.Services;
using Airworthy.Model;
using Airworthy.Storage;
using Airworthy.Telemetry;

// How long a judging round takes: repositories of 1,000 changes and 10,000 units each, every unit counted by probes in a version with all changes and in one
// without any, on two instances each. Then a server is started on the same data, and its ledger's page asked for.
//
//   dotnet run -c Release --project bench/judging-round [REPOSITORIES]
//
var repositories = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
var cancel = CancellationToken.None;
var folder = Directory.CreateTempSubdirectory("airworthy-bench-").FullName;
var time = new SetTime(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
try
{
    await JudgeAsync();
    await LedgerPage.MeasureAsync(Path.Combine(folder, "data"), time);
    Console.WriteLine(FormattableString.Invariant($"peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024:N0} MiB"));
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task JudgeAsync()
{
    await using var store = await Store.OpenSqliteAsync(Path.Combine(folder, "data"), time, cancel);
    await using var shelf = new RepositoryShelf(store.Services, Path.Combine(folder, "cache"));
    var news = new ServerNews();
    var indexer = new RepositoryIndexer(store.Services, shelf, store.Changes, news, time);
    var mappings = new ServiceMappings(store.Services, shelf, new ServerNews(), time);
    var revisions = new RunningRevisions(store.Services, shelf, mappings, time);
    var units = new UnitFinder();
    var evidence = new EvidenceReader(store.Telemetry, store.Services, shelf, revisions, units, mappings);
    var decisions = new Decisions(store.Changes, indexer, news, time);
    var living = new LivingChanges(indexer, store.Changes, news, time);
    var fleet = new Fleet(store.Changes, news, time);
    var round = new ProbationRound(
        store.Services, indexer, store.Telemetry, store.Operations, revisions, units, mappings, evidence, store.Changes, decisions, living, fleet, news, time);
    var made = new List<(string Name, MadeRepository Repository)>();
    for (var i = 0; i < repositories; i++)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Shop{i}");
        var repository = MadeRepository.Make(Path.Combine(folder, name), name, RepositoryIndexer.MostChanges);
        await store.Services.AddRepositoryAsync(new RegisteredRepository(name, repository.Folder, Origin: null), cancel);
        await store.Services.ClaimAsync(new ServiceClaim(name, name, Confirmed: true), cancel);
        made.Add((name, repository));
    }

    await TimedAsync("reading the repositories", () => indexer.RefreshAsync(cancel));
    Console.WriteLine(FormattableString.Invariant($"{(await store.Changes.ListAsync(null, null, int.MaxValue, cancel)).Count:N0} changes, {made.Sum(one => one.Repository.Methods.Count):N0} units"));
    for (var minute = 0; minute < 4; minute++)
    {
        await TimedAsync($"storing minute {minute}", () => SendAsync(store.Telemetry, minute));
        time.Now += TimeSpan.FromMinutes(minute == 0 ? 6 : 1);
        await TimedAsync($"judging round {minute + 1}{(minute == 0 ? ", which finds all units" : "")}", () => round.JudgeAsync(decides: true, cancel));
    }

    await TimedAsync("the ledger's first 100", () => store.Changes.ListAsync(null, null, 100, cancel));

    async Task SendAsync(ITelemetryStore telemetry, int minute)
    {
        var at = new DateTimeOffset(2026, 5, 4, 12, minute, 0, TimeSpan.Zero);
        foreach (var (name, repository) in made)
        {
            foreach (var (revision, side) in new[] { (repository.Before, "b"), (repository.After, "c") })
            {
                var version = ReportedVersion.None with { HeadRevision = revision };
                var observations = repository.Methods.Select((method, i) => new Observation(
                    new ObservationKey(name, "production", version, new ObservedLocation(method.Function, method.File, null, null), "", "", "probe", "all", at),
                    200,
                    i % 50 == minute ? 1 : 0,
                    [new InstanceCount(side + "1", 100, i % 50 == minute ? 1 : 0), new InstanceCount(side + "2", 100, 0)]));
                await telemetry.AppendAsync(new TelemetryBatch($"{name} {side} {minute}", [.. observations], [], [], [], []), cancel);
            }
        }
    }
}

static async Task TimedAsync(string what, Func<Task> work)
{
    var started = Stopwatch.GetTimestamp();
    await work();
    Console.WriteLine(FormattableString.Invariant($"{Stopwatch.GetElapsedTime(started).TotalSeconds,8:0.00} s  {what}"));
}
