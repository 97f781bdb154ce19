using System.Collections.Concurrent;
using System.Collections.Immutable;
using Airworthy.Code;
using Airworthy.Code.Risks;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys;

/// <summary>Reads from changed code, as it is and as it was, what reviews miss.</summary>
internal static class GateRisks
{
    /// <summary>The units with the signals that stand in them.</summary>
    public static async Task<ImmutableArray<ChangedUnit>> AddAsync(
        ImmutableArray<ChangedUnit> units, GitRepository repository, GateComparison sides, IEnumerable<FileDiff> diffs, CancellationToken cancel)
    {
        var before = diffs.Where(diff => diff.NewPath is not null).ToDictionary(diff => diff.NewPath!.Value, diff => diff.OldPath);
        var found = new ConcurrentDictionary<RepoPath, ImmutableArray<RiskSignal>>();
        var files = units.Where(unit => CodeUnits.Language(unit.Unit.Path) == "csharp").GroupBy(unit => unit.Unit.Path);
        await Parallel.ForEachAsync(files, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, async (file, stop) =>
        {
            if (await repository.ReadAsync(sides.Head, file.Key, CodeUnits.MaxBytes, stop) is { } head)
            {
                var was = before.GetValueOrDefault(file.Key) is { } path ? await repository.ReadAsync(sides.MergeBase, path, CodeUnits.MaxBytes, stop) : null;
                found[file.Key] = RiskFinder.Find(
                    file.Key, head, was, file.SelectMany(unit => unit.At).Select(line => line.Number).ToHashSet(), file.SelectMany(unit => unit.RemovedAfter).ToHashSet());
            }
        });
        return [.. units.Select(unit => found.TryGetValue(unit.Unit.Path, out var signals) && !unit.OutsideFunctions
            ? unit with { Risks = [.. signals.Where(signal => unit.Unit.Span.Contains(signal.Line))] }
            : unit)];
    }
}
