using System.Text;
using Airworthy.Code;
using Airworthy.Journeys.Queries;
using Airworthy.Journeys.Releases;
using Airworthy.Journeys.Repositories;
using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Telemetry;

namespace Airworthy.Journeys.Probation;

/// <summary>Tells where a change runs: its units at the tip and in the versions that ran, and what of it nothing is seen of.</summary>
public sealed class ExposureReader(ITelemetryStore telemetry, RepositoryIndexer indexer, ProbationRound probation, ChangedPaths paths, OperationReach operations, IReleases releases, TimeProvider time)
{
    private const int MostBlind = 20;
    private const int MostReleases = 50;
    private static readonly TimeSpan s_shown = TimeSpan.FromDays(14);

    /// <summary>The exposure of a change; null while its repository was not read.</summary>
    public async Task<ChangeExposure?> OfAsync(string repository, Change change, CancellationToken cancel)
    {
        if (indexer.AtTip(repository) is not { } view)
        {
            return null;
        }

        var watched = probation.Of(repository, change.Id);
        var on = (watched?.On ?? []).Where(place => place.Link is null).ToList();
        var ran = (await telemetry.ExposureAsync([.. on.Select(place => place.Id)], cancel)).ToDictionary(place => place.Place);
        var atTip = await UnitsAtTipAsync(view, change, cancel);
        var units = new List<ExposedUnit>();
        foreach (var unit in on.GroupBy(place => place.Part, StringComparer.Ordinal))
        {
            var told = unit.Where(place => ran.ContainsKey(place.Id)).ToList();
            var latest = told.Count == 0 ? unit.First() : told.MaxBy(place => ran[place.Id].Last)!;
            var here = atTip.FirstOrDefault(found => found.Unit.Symbol == latest.Unit.Symbol);
            units.Add(new ExposedUnit(
                unit.Key,
                (here.Unit ?? latest.Unit).Path.Display,
                (here.Unit ?? latest.Unit).Span.Start,
                here.Unit is null ? view.AuthorshipOf(change).Kind : here.Authorship,
                Areas(view, latest.Unit.Path),
                [.. told.Select(place => place.Traffic).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                told.Sum(place => ran[place.Id].Calls),
                told.Sum(place => ran[place.Id].Bad),
                told.Select(place => (DateTimeOffset?)ran[place.Id].First).Min(),
                told.Select(place => (DateTimeOffset?)ran[place.Id].Last).Max(),
                told.Select(place => ran[place.Id].Instances).DefaultIfEmpty().Max(),
                latest.IsProbe ? "probe" : "span"));
        }

        var seen = on.Select(place => place.Unit.Symbol).ToHashSet(StringComparer.Ordinal);
        var unseen = atTip.Where(found => !seen.Contains(found.Unit.Symbol)).ToList();
        var reached = await operations.OfAsync(view, change, unseen.Select(found => found.Unit.Symbol).ToHashSet(StringComparer.Ordinal), cancel);
        units.AddRange(unseen.Select(found => new ExposedUnit(
            found.Unit.Symbol, found.Unit.Path.Display, found.Unit.Span.Start, found.Authorship, Areas(view, found.Unit.Path), [], 0, 0, null, null, 0, Counted: null)
        {
            ReachedBy = reached.GetValueOrDefault(found.Unit.Symbol, []),
        }));
        return new ChangeExposure(
            units.Sum(unit => unit.Calls),
            units.Sum(unit => unit.Bad),
            units.Min(unit => unit.FirstRan),
            units.Max(unit => unit.LastRan),
            [.. units.OrderByDescending(unit => unit.Calls).ThenByDescending(unit => unit.Critical.Count).ThenBy(unit => unit.Unit, StringComparer.Ordinal)],
            units.Count(unit => unit.Calls > 0),
            [
                .. on.Where(place => ran.ContainsKey(place.Id))
                    .GroupBy(place => place.Revision)
                    .Select(revision => new ExposedRevision(
                        revision.Key.Hex,
                        revision.Sum(place => ran[place.Id].Calls),
                        revision.Min(place => ran[place.Id].First),
                        revision.Max(place => ran[place.Id].Last)))
                    .OrderByDescending(revision => revision.FirstRan),
            ],
            await telemetry.HoursAsync([.. on.Select(place => place.Id)], time.GetUtcNow() - s_shown, cancel),
            await ReleasesAsync(watched?.Services ?? [], cancel),
            await BlindAsync(view, units, atTip, cancel));
    }

    private async Task<IReadOnlyList<ReleaseSummary>> ReleasesAsync(IEnumerable<string> services, CancellationToken cancel)
    {
        var found = new List<ReleaseSummary>();
        foreach (var service in services)
        {
            found.AddRange((await releases.ReleasesAsync(service, MostReleases, cancel)).Where(release => release.At >= time.GetUtcNow() - s_shown));
        }

        return [.. found.OrderByDescending(release => release.At).Take(MostReleases)];
    }

    /// <summary>What production would not tell of it.</summary>
    private static async Task<IReadOnlyList<string>> BlindAsync(
        RepositoryView view, List<ExposedUnit> units, List<(CodeUnit Unit, AuthorKind Authorship)> atTip, CancellationToken cancel)
    {
        var blind = units
            .Where(unit => unit is { Counted: null, Critical.Count: > 0 })
            .Select(unit => $"{unit.Unit} is critical ({string.Join(", ", unit.Critical)}), and neither a probe nor a span counts it")
            .ToList();
        var counted = units.Where(unit => unit.Counted == "probe").Select(unit => unit.Unit).ToHashSet(StringComparer.Ordinal);
        foreach (var file in atTip.Where(found => !counted.Contains(found.Unit.Symbol)).GroupBy(found => found.Unit.Path))
        {
            if (CodeUnits.Language(file.Key) != "csharp" || Areas(view, file.Key).Count == 0
                || await view.Git.ReadAsync(view.Revision, file.Key, CodeUnits.MaxBytes, cancel) is not { } content)
            {
                continue;
            }

            foreach (var (unit, gaps) in TelemetryGaps.Read(file.Key, content))
            {
                if (file.Any(found => found.Unit.Symbol == unit.Symbol))
                {
                    blind.AddRange(gaps.Select(gap => FormattableString.Invariant(
                        $"{file.Key.Display}:{gap.Line} {(gap.Kind == TelemetryGapKind.OutwardCall ? "calls out unseen" : "swallows an error unseen")}: {gap.Text}")));
                }
            }
        }

        return [.. blind.Take(MostBlind)];
    }

    /// <summary>The units at the tip in which lines of a change live, in the files it changed, and who wrote those lines.</summary>
    private async Task<List<(CodeUnit Unit, AuthorKind Authorship)>> UnitsAtTipAsync(RepositoryView view, Change change, CancellationToken cancel)
    {
        var found = new List<(CodeUnit, AuthorKind)>();
        var commits = change.Commits.ToHashSet();
        foreach (var path in await paths.OfAsync(view, change, cancel))
        {
            // Tests run nowhere but in tests.
            if (CodeUnits.Language(path) is null || Policy.DefaultTests.Any(tests => tests.Matches(path))
                || await view.Git.Lines.OriginsAsync(path, view.Revision, cancel) is not { } origins
                || !origins.Runs.Any(run => commits.Contains(run.Commit))
                || await view.Git.ReadAsync(view.Revision, path, CodeUnits.MaxBytes, cancel) is not { } content)
            {
                continue;
            }

            foreach (var unit in CodeUnits.Read(path, Encoding.UTF8.GetString(content)))
            {
                var kinds = origins.Runs
                    .Where(run => commits.Contains(run.Commit) && run.Span.Overlaps(unit.Span))
                    .Select(run => view.AuthorshipOf(run.Commit).Kind)
                    .ToHashSet();
                if (kinds.Count > 0)
                {
                    found.Add((unit, kinds.Contains(AuthorKind.Ai) ? AuthorKind.Ai : kinds.Contains(AuthorKind.Unknown) ? AuthorKind.Unknown : AuthorKind.Human));
                }
            }
        }

        return found;
    }

    private static IReadOnlyList<string> Areas(RepositoryView view, RepoPath path) => [.. view.Policy.AreasOf(path).Select(area => area.Name)];
}
