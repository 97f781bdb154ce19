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
        var files = new List<(RepoPath Path, byte[] Head, byte[]? Before, ChangedUnit[] Units)>();
        foreach (var file in units.Where(unit => CodeUnits.Language(unit.Unit.Path) == "csharp").GroupBy(unit => unit.Unit.Path))
        {
            if (await repository.ReadAsync(sides.Head, file.Key, CodeUnits.MaxBytes, cancel) is { } head)
            {
                files.Add((file.Key, head, before.GetValueOrDefault(file.Key) is { } path ? await repository.ReadAsync(sides.MergeBase, path, CodeUnits.MaxBytes, cancel) : null, [.. file]));
            }
        }

        var found = files.AsParallel().WithCancellation(cancel).Select(file => (file.Path, Signals: RiskFinder.Find(
            file.Path, file.Head, file.Before, file.Units.SelectMany(unit => unit.At).Select(line => line.Number).ToHashSet(), file.Units.SelectMany(unit => unit.RemovedAfter).ToHashSet())))
            .ToDictionary(file => file.Path, file => file.Signals);
        return [.. units.Select(unit => found.TryGetValue(unit.Unit.Path, out var signals) && !unit.OutsideFunctions
            ? unit with { Risks = [.. signals.Where(signal => unit.Unit.Span.Contains(signal.Line))] }
            : unit)];
    }
}
