using System.Collections.Immutable;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Policies;

namespace Airworthy.Journeys;

/// <summary>Reads from the code of a change's head which of its changed statements stand behind a feature flag.</summary>
internal static class GateFlags
{
    /// <summary>The units with that evidence, where the language can be read and the policy asks for it at all.</summary>
    public static async Task<ImmutableArray<ChangedUnit>> AddAsync(
        ImmutableArray<ChangedUnit> units, Policy policy, GitRepository repository, CommitId head, CancellationToken cancel)
    {
        if (!policy.Evidence.Any(rule => rule.Require.Contains(EvidenceKind.BehindFlag)))
        {
            return units;
        }

        var files = new Dictionary<RepoPath, IReadOnlyDictionary<CodeUnit, ImmutableDictionary<int, bool>>>();
        foreach (var path in units.Where(unit => unit.Executable).Select(unit => unit.Unit.Path).Distinct())
        {
            files[path] = await repository.ReadAsync(head, path, CodeUnits.MaxBytes, cancel) is { } content
                ? FlagGuards.Read(path, content, policy.Flags)
                : ImmutableDictionary<CodeUnit, ImmutableDictionary<int, bool>>.Empty;
        }

        return [.. units.Select(unit => files.TryGetValue(unit.Unit.Path, out var file) && file.TryGetValue(unit.Unit, out var lines) ? Add(unit, lines, head) : unit)];
    }

    private static ChangedUnit Add(ChangedUnit unit, ImmutableDictionary<int, bool> lines, CommitId head)
    {
        var changed = unit.Judged.Where(lines.ContainsKey).ToArray();
        return changed.Length == 0
            ? unit with { Moot = unit.Moot.Add(EvidenceKind.BehindFlag) }
            : unit with
            {
                Evidence = unit.Evidence.Add(new Evidence(
                    EvidenceKind.BehindFlag.Name, "source", unit.Unit.Symbol, unit.Unit.Path, head, changed.Length, changed.Count(line => !lines[line]), Instances: 0)),
            };
    }
}
