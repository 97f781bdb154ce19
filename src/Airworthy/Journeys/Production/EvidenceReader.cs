using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Repositories;
using Airworthy.Journeys.Services;
using Airworthy.Model;
using Airworthy.Provenance;
using Airworthy.Telemetry;
using Airworthy.Telemetry.Durations;

namespace Airworthy.Journeys.Production;

/// <summary>
/// Turns what was observed, kept as it was sent, into evidence of units at revisions. Resolved when asked, so that observations which came
/// before their commit count as soon as it is there.
/// </summary>
public sealed class EvidenceReader(ITelemetryStore telemetry, IServiceRegistry registry, RepositoryShelf shelf, RunningRevisions revisions, UnitFinder units, ServiceMappings mappings)
{
    private const int MostUnitsOfChange = 50;
    private const int MostUnitsOfFile = 500;
    private const int MostDeletingCommits = 50;
    private const int MostPlacesRead = 5_000;
    private const string Unclaimed = "No service is confirmed to run this repository: airworthy repos add PATH --service NAME";
    private const string Nameless = "The telemetry names no code (code.function.name, code.file.path), so what runs can't be told by unit: docs/connect-a-service.md";

    /// <summary>What production showed of each unit of a service, the most called first.</summary>
    public async Task<EvidenceAnswer> AskAsync(EvidenceQuestion question, CancellationToken cancel)
    {
        var only = question.Revision is null ? null : await CommitsNamedAsync(question.Service, question.Revision, cancel);
        var observed = await ObserveAsync(question.Service, await telemetry.TotalsAsync(question.Service, question.From, question.To, cancel), cancel);
        return new EvidenceAnswer(
        [
            .. observed
                .Where(unit => only is null || (unit.Evidence.Revision is { } revision && only.Contains(revision)))
                .Select(unit => unit.Told),
        ]);
    }

    /// <summary>What production showed of the functions of a file, and why nothing.</summary>
    public async Task<(IReadOnlyList<UnitEvidence> Runs, string? Note)> OfFileAsync(string repository, RepoPath path, CancellationToken cancel)
    {
        var services = await ServicesAsync(repository, cancel);
        if (services.Count == 0)
        {
            return ([], Unclaimed);
        }

        var runs = new List<UnitEvidence>();
        var named = false;
        foreach (var service in services)
        {
            var (units, any) = await ObserveAsync(service, (unit, _) => ValueTask.FromResult(unit.Path == path), cancel);
            named |= any;
            runs.AddRange(units.Take(MostUnitsOfFile - runs.Count).Select(unit => unit.Told));
        }

        return (runs, runs.Count > 0 ? null : named ? "None of its functions was seen running yet." : Nameless);
    }

    /// <summary>Where a change's living lines run, and what is missing to tell.</summary>
    public async Task<(IReadOnlyList<UnitEvidence> Runs, string? Note)> OfChangeAsync(string repository, Change change, CancellationToken cancel)
    {
        var services = await ServicesAsync(repository, cancel);
        if (services.Count == 0)
        {
            return ([], Unclaimed);
        }

        var runs = new List<UnitEvidence>();
        var named = false;
        try
        {
            var commits = change.Commits.ToHashSet();
            var deletions = await DeletionsAsync(repository, change, cancel);
            foreach (var service in services)
            {
                var (units, any) = await ObserveAsync(service, LivesAsync, cancel);
                named |= any;
                runs.AddRange(units.Take(MostUnitsOfChange - runs.Count).Select(unit => unit.Told));
            }

            async ValueTask<bool> LivesAsync(CodeUnit unit, ResolvedVersion version) =>
                string.Equals(version.Repository, repository, StringComparison.Ordinal) && await LivesInAsync(commits, deletions, unit, version, cancel);
        }
        catch (GitException e)
        {
            return (runs, e.Message);
        }

        return (runs, NoteOn(runs, named));
    }

    /// <summary>The lines of a change that probes watch and that never ran, by file at the revision that ran; null when no probe watches any of them.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<int>>?> NeverRanAsync(string repository, Change change, CancellationToken cancel)
    {
        var commits = change.Commits.ToHashSet();
        var never = new Dictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        var isTold = false;
        foreach (var claim in (await registry.ClaimsAsync(cancel)).Where(claim => claim.Confirmed && string.Equals(claim.Repository, repository, StringComparison.Ordinal)))
        {
            foreach (var observed in await WatchedAsync(claim.Service, commits, cancel))
            {
                if (observed is not { Unit: { } unit, Version: { Revision.Commit: { } revision } version }
                    || await version.Git.Lines.OriginsAsync(unit.Path, revision, cancel) is not { } origins)
                {
                    continue;
                }

                var own = observed.Statements.Where(statement => origins.Runs.Any(run => run.Span.Contains(statement.Line) && commits.Contains(run.Commit))).ToList();
                isTold |= own.Count > 0;
                var lines = own.Where(statement => !statement.Ran).Select(statement => statement.Line).ToList();
                if (lines.Count > 0)
                {
                    never[unit.Path.Display] = [.. never.GetValueOrDefault(unit.Path.Display, []).Union(lines).Order()];
                }
            }
        }

        return isTold ? never : null;
    }

    /// <summary>Which statements of some commits' lines ever ran, by where the lines came from; those that no probe watches are left out.</summary>
    public async Task<IReadOnlyDictionary<(CommitId Commit, RepoPath Path, int Line), bool>> RanLinesAsync(
        string repository, IReadOnlySet<CommitId> commits, CancellationToken cancel)
    {
        var ran = new Dictionary<(CommitId Commit, RepoPath Path, int Line), bool>();
        foreach (var claim in (await registry.ClaimsAsync(cancel)).Where(claim => claim.Confirmed && string.Equals(claim.Repository, repository, StringComparison.Ordinal)))
        {
            foreach (var observed in await WatchedAsync(claim.Service, commits, cancel))
            {
                if (observed is not { Unit: { } unit, Version: { Revision.Commit: { } revision } version }
                    || await version.Git.Lines.OriginsAsync(unit.Path, revision, cancel) is not { } origins)
                {
                    continue;
                }

                foreach (var statement in observed.Statements)
                {
                    foreach (var run in origins.Runs.Where(run => run.Span.Contains(statement.Line) && commits.Contains(run.Commit)))
                    {
                        var key = (run.Commit, run.OriginalPath, run.OriginalStart + statement.Line - run.Start);
                        ran[key] = statement.Ran || ran.GetValueOrDefault(key);
                    }
                }
            }
        }

        return ran;
    }

    private static string? NoteOn(List<UnitEvidence> runs, bool named) => (runs.Count, named) switch
    {
        (> 0, _) => null,
        (_, true) => "None of its living lines was seen running yet.",
        _ => Nameless,
    };

    private async Task<IReadOnlyList<string>> ServicesAsync(string repository, CancellationToken cancel) =>
        [.. (await registry.ClaimsAsync(cancel))
            .Where(claim => claim.Confirmed && string.Equals(claim.Repository, repository, StringComparison.Ordinal))
            .Select(claim => claim.Service)];

    /// <summary>Where a change deleted without adding a line; of one of many commits the first alone are looked at.</summary>
    private async Task<IReadOnlyList<DeletionAnchor>> DeletionsAsync(string repository, Change change, CancellationToken cancel)
    {
        var deletions = new List<DeletionAnchor>();
        if (await shelf.OpenAsync(repository, cancel) is { } git)
        {
            foreach (var commit in change.Commits.Take(MostDeletingCommits))
            {
                deletions.AddRange(await DeletionAnchor.ReadAsync(git, commit, cancel));
            }
        }

        return deletions;
    }

    private static async ValueTask<bool> LivesInAsync(
        HashSet<CommitId> commits, IReadOnlyList<DeletionAnchor> deletions, CodeUnit unit, ResolvedVersion version, CancellationToken cancel)
    {
        var revision = version.Revision.Commit!.Value;
        var lives = await version.Git.Lines.LivesAsync(commits, unit.Path, unit.Span, revision, cancel);
        for (var i = 0; i < deletions.Count && !lives; i++)
        {
            lives = await deletions[i].LivesAsync(version.Git, unit.Path, unit.Span, revision, cancel);
        }

        return lives;
    }

    /// <summary>Units whose statements are watched, in files in which a line of some commits lives.</summary>
    private async Task<IEnumerable<ObservedUnit>> WatchedAsync(string service, IReadOnlySet<CommitId> commits, CancellationToken cancel)
    {
        var known = new Dictionary<(RepoPath Path, CommitId Revision), bool>();
        var (units, _) = await ObserveAsync(service, LivesInFileAsync, cancel);
        return units.Where(unit => !unit.Statements.IsEmpty);

        async ValueTask<bool> LivesInFileAsync(CodeUnit unit, ResolvedVersion version)
        {
            var file = (unit.Path, version.Revision.Commit!.Value);
            if (!known.TryGetValue(file, out var lives))
            {
                known[file] = lives = await version.Git.Lines.OriginsAsync(unit.Path, file.Value, cancel) is { } origins && origins.Runs.Any(run => commits.Contains(run.Commit));
            }

            return lives;
        }
    }

    /// <summary>What was ever seen of some units of a service, the most called first, and whether its telemetry names any unit at all: only their counts are read.</summary>
    private async Task<(IReadOnlyList<ObservedUnit> Units, bool Any)> ObserveAsync(
        string service, Func<CodeUnit, ResolvedVersion, ValueTask<bool>> isWanted, CancellationToken cancel)
    {
        var any = false;
        var wanted = new List<long>();
        var versions = new Dictionary<ReportedVersion, ResolvedVersion?>();
        foreach (var place in await telemetry.PlacesAsync(service, after: 0, cancel))
        {
            if (await VersionAsync(service, place.Version, versions, cancel) is { } version && await FindAsync(service, place.Location, version, cancel) is { } unit)
            {
                any = true;
                if (wanted.Count < MostPlacesRead && await isWanted(unit, version))
                {
                    wanted.Add(place.Id);
                }
            }
        }

        return (await ObserveAsync(service, await telemetry.TotalsAsync(service, from: null, to: null, cancel, wanted), cancel), any);
    }

    private async Task<IReadOnlyList<ObservedUnit>> ObserveAsync(string service, IEnumerable<ObservedTotal> totals, CancellationToken cancel)
    {
        var sums = new Dictionary<(string Unit, string? Path, string? Revision), ObservedUnit>();
        var versions = new Dictionary<ReportedVersion, ResolvedVersion?>();
        foreach (var total in totals)
        {
            var observed = await ResolveAsync(total, await VersionAsync(service, total.Version, versions, cancel), cancel);
            var key = (observed.Evidence.Unit, observed.Evidence.Path, observed.Evidence.Revision);
            sums[key] = sums.TryGetValue(key, out var sum) ? sum.With(observed) : observed;
        }

        return
        [
            .. sums.Values
                .OrderByDescending(unit => unit.Evidence.Calls)
                .ThenBy(unit => unit.Evidence.Unit, StringComparer.Ordinal),
        ];
    }

    private async ValueTask<ResolvedVersion?> VersionAsync(
        string service, ReportedVersion reported, Dictionary<ReportedVersion, ResolvedVersion?> known, CancellationToken cancel)
    {
        if (!known.TryGetValue(reported, out var version))
        {
            known[reported] = version = await revisions.OfAsync(service, reported, cancel);
        }

        return version;
    }

    private async Task<CodeUnit?> FindAsync(string service, ObservedLocation location, ResolvedVersion version, CancellationToken cancel) =>
        await units.FindAsync(version, location with { File = await mappings.PathAsync(service, location.File, cancel) }, cancel);

    private async Task<ObservedUnit> ResolveAsync(ObservedTotal total, ResolvedVersion? version, CancellationToken cancel)
    {
        var unit = version is null ? null : await FindAsync(total.Service, total.Location, version, cancel);
        var name = unit?.Symbol ?? total.Location.Function ?? $"operation {total.Location.Operation ?? "unnamed"}";
        // Calls of a lambda are not calls of the function it stands in.
        name += total.Location is { Function: not null, Operation: { } part } ? $" ({part})" : "";
        var evidence = new UnitEvidence(
            name, unit?.Path.Display, version?.Revision.Commit?.Hex, total.Calls, total.Bad, total.Instances, total.Source, Statements: 0, Ran: 0, NeverRan: [])
        {
            AllocatedBytes = total.AllocatedBytes,
        };
        return new ObservedUnit(evidence, total.Statements, unit, version) { Durations = total.Durations };
    }

    /// <summary>The commits that a revision names in the repositories of a service; the text itself when none holds it.</summary>
    private async Task<HashSet<string>> CommitsNamedAsync(string service, string revision, CancellationToken cancel)
    {
        var commits = new HashSet<string>(StringComparer.Ordinal) { revision };
        foreach (var claim in await registry.ClaimsAsync(cancel))
        {
            if (claim.Confirmed
                && string.Equals(claim.Service, service, StringComparison.Ordinal)
                && await shelf.OpenAsync(claim.Repository, cancel) is { } git
                && await git.TryResolveAsync(revision, cancel) is { } commit)
            {
                commits.Add(commit.Hex);
            }
        }

        return commits;
    }

    /// <summary>Evidence with the unit and version it speaks of, where they are known.</summary>
    private sealed record ObservedUnit(UnitEvidence Evidence, ImmutableArray<StatementRun> Statements, CodeUnit? Unit, ResolvedVersion? Version)
    {
        /// <summary>The evidence, with what is known of the unit's statements.</summary>
        public UnitEvidence Told => Evidence with
        {
            Statements = Statements.Length,
            Ran = Statements.Count(statement => statement.Ran),
            NeverRan = [.. Statements.Where(statement => !statement.Ran).Select(statement => statement.Line).Distinct().Order()],
            Timing = Durations.Calls == 0 ? null : new UnitTiming(Durations.Calls, Seconds(Durations.Quantile(0.5)), Seconds(Durations.Quantile(0.99))),
        };

        public DurationHistogram Durations { get; init; } = DurationHistogram.Empty;

        /// <summary>What counts first: probes count every call, a server's metrics every request; spans may be sampled.</summary>
        private int Rank => Evidence.Source switch
        {
            "probe" => 2,
            "metric" => 1,
            _ => 0,
        };

        /// <summary>
        /// Both together. What a probe counted a span tells once more, so probes go first; instances of two sums may be the same ones, so only the
        /// larger number is sure.
        /// </summary>
        public ObservedUnit With(ObservedUnit other) => Evidence.Source != other.Evidence.Source ? (Rank > other.Rank ? this : other) : this with
        {
            Evidence = Evidence with
            {
                Calls = Evidence.Calls + other.Evidence.Calls,
                Bad = Evidence.Bad + other.Evidence.Bad,
                Instances = Math.Max(Evidence.Instances, other.Evidence.Instances),
                AllocatedBytes = Evidence.AllocatedBytes + other.Evidence.AllocatedBytes,
            },
            Durations = Durations.Merge(other.Durations),
            Statements = Join(Statements, other.Statements),
        };

        private static double? Seconds(long? nanoseconds) => nanoseconds / 1e9;

        /// <summary>The same statements as two versions' names told them; of two builds with other probes, the one that watches more.</summary>
        private static ImmutableArray<StatementRun> Join(ImmutableArray<StatementRun> one, ImmutableArray<StatementRun> other) =>
            one.Select(statement => statement.Line).SequenceEqual(other.Select(statement => statement.Line))
                ? [.. one.Zip(other, (a, b) => a with { Ran = a.Ran || b.Ran })]
                : one.Length >= other.Length ? one : other;
    }
}
