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
        var found = new Dictionary<RepoPath, ImmutableArray<RiskSignal>>();
        foreach (var file in units.Where(unit => CodeUnits.Language(unit.Unit.Path) == "csharp").GroupBy(unit => unit.Unit.Path))
        {
            if (await repository.ReadAsync(sides.Head, file.Key, CodeUnits.MaxBytes, cancel) is { } head)
            {
                var old = before.GetValueOrDefault(file.Key) is { } path ? await repository.ReadAsync(sides.MergeBase, path, CodeUnits.MaxBytes, cancel) : null;
                found[file.Key] = RiskFinder.Find(
                    file.Key, head, old, file.SelectMany(unit => unit.At).Select(line => line.Number).ToHashSet(), file.SelectMany(unit => unit.RemovedAfter).ToHashSet());
            }
        }

        return [.. units.Select(unit => found.TryGetValue(unit.Unit.Path, out var signals) && !unit.OutsideFunctions
            ? unit with { Risks = [.. signals.Where(signal => unit.Unit.Span.Contains(signal.Line))] }
            : unit)];
    }
}
