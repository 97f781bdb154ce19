using System.Collections.Immutable;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys;

/// <summary>Judges a change before it merges: what it changed, who wrote that, what the base's policy asks of it and what is missing.</summary>
/// <param name="repository">The repository.</param>
/// <param name="time">When it is judged: exceptions lapse. The default is the system's clock.</param>
public sealed class Gate(GitRepository repository, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Judges what <paramref name="headRevision"/> changed since it parted from <paramref name="baseRevision"/>, without any report.</summary>
    /// <exception cref="FaultException">A revision is unknown, the two share no history, or the policy can't be read.</exception>
    public Task<GateReport> JudgeAsync(string baseRevision, string headRevision, CancellationToken cancel) =>
        JudgeAsync(new GateRequest(baseRevision, headRevision), cancel);

    /// <summary>Judges what the head changed since it parted from the base, by the evidence that is given.</summary>
    /// <exception cref="FaultException">A revision is unknown, the two share no history, or the policy or a report can't be read.</exception>
    public async Task<GateReport> JudgeAsync(GateRequest request, CancellationToken cancel)
    {
        var sides = await GateComparison.FindAsync(repository, request.Base, request.Head, cancel);
        if (request is { HasReports: true, TestedAt: null })
        {
            // Asked for later, and kept by then.
            _ = repository.FilesAsync(sides.Head, cancel);
        }

        // The policy of the base: a change never rules over itself.
        var (ruling, changing) = (PolicyFile.ReadAsync(repository, sides.Base, cancel), repository.DiffAsync(sides.MergeBase, sides.Head, cancel).ToListAsync(cancel).AsTask());
        await Task.WhenAll(ruling, changing);
        var (policy, diffs) = (await ruling, await changing);

        // Reports are read while the change's lines are looked at; both know the files by now.
        var reading = ReadReportsAsync(request, sides, policy, diffs, cancel);
        var looking = LookAsync(sides, diffs, policy, cancel);
        await Task.WhenAll(reading, looking);
        var (units, unmeasured, authors) = await looking;
        var evidence = await GateEvidence.WeighAsync(repository, request, sides, await reading, units, diffs, cancel);
        var over = await GateBudgets.FindAsync(repository, sides.Head, policy, units, authors, request.Production, cancel);
        var reported = evidence.Reported with { Problems = [.. evidence.Reported.Problems, .. over] };
        var now = _time.GetUtcNow();
        return new GateReport(
            sides.Base,
            sides.Head,
            sides.MergeBase,
            policy,
            diffs.Exists(EditsPolicy),
            Judgement.Of(policy, evidence.Units, now, reported),
            units.Aggregate(default(LineTally), (sum, unit) => sum + unit.Lines),
            diffs.Count,
            [.. unmeasured, .. evidence.Unmeasured])
        {
            Statements = evidence.Statements,
            Reports = evidence.Reports,
            Remarks = request.Production is not null && policy.Budgets.IsEmpty
                ? [.. evidence.Remarks, "the server was asked for nothing: only budgets are held against what it knows, and the policy has none (budgets:)"]
                : evidence.Remarks,
            Tests = evidence.Tests,
            Review = request.Review,
            Lapsed = [.. policy.Exceptions.Where(risk => risk.HasLapsed(now))],
        };
    }

    private static bool EditsPolicy(FileDiff diff) => diff.OldPath == Policy.FileName || diff.NewPath == Policy.FileName;

    private async Task<GateReports?> ReadReportsAsync(GateRequest request, GateComparison sides, Policy policy, List<FileDiff> diffs, CancellationToken cancel)
    {
        var changed = diffs.Where(diff => !diff.IsBinary).Select(diff => diff.NewPath ?? diff.OldPath!.Value).Where(path => !policy.IsGenerated(path)).Distinct().ToArray();
        return request.HasReports ? await GateReports.ReadAsync(repository, request, sides, changed, cancel) : null;
    }

    /// <summary>What changed, who wrote it, and what the code itself shows.</summary>
    private async Task<(ImmutableArray<ChangedUnit> Units, ImmutableArray<UnmeasuredFile> Unmeasured, DeclaredAuthors Authors)> LookAsync(
        GateComparison sides, List<FileDiff> diffs, Policy policy, CancellationToken cancel)
    {
        var (authors, code, origins) = (
            DeclaredAuthors.OpenAsync(repository, sides.Head, policy, requests: [], cancel),
            GateCode.ReadAsync(repository, sides, diffs.Where(diff => diff.NewPath is { } path && !policy.IsGenerated(path)), cancel),
            OriginsAsync(sides.Head, diffs, cancel));
        await Task.WhenAll(authors, code, origins);
        await (await authors).Reader.LearnAsync((await origins).Values.SelectMany(file => file.Runs).Select(run => run.Commit), cancel);
        var (units, unmeasured) = await UnitsAsync(sides, diffs, policy, await authors, await code, await origins, cancel);
        units = await GateObservability.AddAsync(units, policy, repository, sides.Head, cancel);
        units = await GateFlags.AddAsync(units, policy, repository, sides.Head, cancel);
        return (units, unmeasured, await authors);
    }

    private async Task<(ImmutableArray<ChangedUnit> Units, ImmutableArray<UnmeasuredFile> Unmeasured)> UnitsAsync(
        GateComparison sides,
        List<FileDiff> diffs,
        Policy policy,
        DeclaredAuthors authors,
        IReadOnlyDictionary<RepoPath, ChangedCode> code,
        Dictionary<RepoPath, FileOrigins> origins,
        CancellationToken cancel)
    {
        var units = ImmutableArray.CreateBuilder<ChangedUnit>();
        var unmeasured = ImmutableArray.CreateBuilder<UnmeasuredFile>();
        var removers = await RemoversAsync(sides, diffs, authors, cancel);
        var moved = MovedBlocks.Of(diffs);
        foreach (var diff in diffs)
        {
            var path = diff.NewPath ?? diff.OldPath!.Value;
            var remover = removers.GetValueOrDefault(path, Authorship.Unknown);
            if (diff.IsBinary)
            {
                unmeasured.Add(new UnmeasuredFile(path, "binary"));
            }
            else if (policy.IsGenerated(path))
            {
                unmeasured.Add(new UnmeasuredFile(path, "generated"));
            }
            else if (diff.NewPath is null)
            {
                units.Add(new GateUnits(path, ChangedCode.None, [], remover, moved).Deleted());
            }
            else if (diff.Hunks.All(hunk => hunk.NewCount == 0))
            {
                units.AddRange(new GateUnits(path, code.GetValueOrDefault(path, ChangedCode.None), [], remover, moved).Of(diff.Hunks));
            }
            else if (origins.TryGetValue(path, out var origin))
            {
                var lines = (await authors.OfFileAsync(origin, cancel)).Select(run => (run.Lines.Span, run.Authorship)).ToImmutableArray();
                units.AddRange(new GateUnits(path, code.GetValueOrDefault(path, ChangedCode.None), lines, remover, moved).Of(diff.Hunks));
            }
            else
            {
                unmeasured.Add(new UnmeasuredFile(path, "no text file at the head"));
            }
        }

        return (units.ToImmutable(), unmeasured.ToImmutable());
    }

    /// <summary>Where the lines come from that the change wrote.</summary>
    private async Task<Dictionary<RepoPath, FileOrigins>> OriginsAsync(CommitId head, List<FileDiff> diffs, CancellationToken cancel)
    {
        var hunks = diffs
            .Where(diff => diff is { IsBinary: false, NewPath: not null } && diff.Hunks.Any(hunk => hunk.NewCount > 0))
            .ToDictionary(diff => diff.NewPath!.Value, diff => diff.Hunks);
        var origins = new Dictionary<RepoPath, FileOrigins>();
        if (hunks.Count == 0)
        {
            return origins;
        }

        await foreach (var file in repository.Lines.OriginsAsync(hunks.Keys, head, cancel))
        {
            origins[file.Path] = file with { Runs = [.. file.Runs.Where(run => hunks[file.Path].Any(hunk => Wrote(hunk, run.Span)))] };
        }

        return origins;
    }

    private static bool Wrote(Hunk hunk, LineSpan span) => hunk.NewStart <= span.End && hunk.NewStart + hunk.NewCount > span.Start;

    /// <summary>
    /// Who took lines away. No line is left to blame, so it is asked of the change's own commits: all that removed lines from the file, together.
    /// </summary>
    private async Task<Dictionary<RepoPath, Authorship>> RemoversAsync(
        GateComparison sides, List<FileDiff> diffs, DeclaredAuthors authors, CancellationToken cancel)
    {
        var asked = diffs
            .Where(diff => diff.NewPath is null || diff.Hunks.Any(hunk => hunk.NewCount == 0))
            .Select(diff => diff.NewPath ?? diff.OldPath!.Value)
            .ToHashSet();
        var found = asked.ToDictionary(path => path, _ => new HashSet<Authorship>());
        if (asked.Count == 0)
        {
            return [];
        }

        var commits = new List<Commit>();
        await foreach (var commit in repository.HistoryAsync($"{sides.MergeBase}..{sides.Head}", cancel))
        {
            commits.Add(commit);
        }

        foreach (var commit in commits.Where(commit => commit.Parents.Length == 1))
        {
            await foreach (var diff in repository.ChangesAsync(commit.Id, commit.Parents[0], cancel))
            {
                if (diff.OldPath is { } path && asked.Contains(path) && (diff.NewPath is null || diff.Hunks.Any(hunk => hunk.OldCount > 0)))
                {
                    found[path].Add(await authors.OfAsync(commit, cancel));
                }
            }
        }

        return found.ToDictionary(pair => pair.Key, pair => GateUnits.Together(pair.Value));
    }
}
