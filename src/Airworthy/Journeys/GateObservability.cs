using System.Collections.Immutable;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys;

/// <summary>Reads from the code of a change's head whether production would tell of its outward calls and of the errors it swallows.</summary>
internal static class GateObservability
{
    /// <summary>The units with that evidence, where the language can be read and the policy asks for it at all.</summary>
    public static async Task<ImmutableArray<ChangedUnit>> AddAsync(
        ImmutableArray<ChangedUnit> units, Policy policy, GitRepository repository, CommitId head, CancellationToken cancel)
    {
        if (!policy.Evidence.Any(rule => rule.Require.Contains(EvidenceKind.Observability)))
        {
            return units;
        }

        var files = new Dictionary<RepoPath, IReadOnlyDictionary<CodeUnit, ImmutableArray<TelemetryGap>>>();
        foreach (var path in units.Where(unit => unit.Executable).Select(unit => unit.Unit.Path).Distinct())
        {
            files[path] = await repository.ReadAsync(head, path, CodeUnits.MaxBytes, cancel) is { } content
                ? TelemetryGaps.Read(path, content)
                : ImmutableDictionary<CodeUnit, ImmutableArray<TelemetryGap>>.Empty;
        }

        // A gap is evidence that is missing, not evidence against the code: it is told by names alone.
        return [.. units.Select(unit => files.TryGetValue(unit.Unit.Path, out var gaps) && gaps.TryGetValue(unit.Unit, out var found) && found.IsEmpty
            ? unit with { Evidence = unit.Evidence.Add(Evidence(unit.Unit, head)) }
            : unit)];
    }

    // One observation: that the function was read.
    private static Evidence Evidence(CodeUnit unit, CommitId head) =>
        new(EvidenceKind.Observability.Name, "source", unit.Symbol, unit.Path, head, Count: 1, Bad: 0, Instances: 0);
}
