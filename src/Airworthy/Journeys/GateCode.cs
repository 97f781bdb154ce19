using System.Collections.Concurrent;
using Airworthy.Code;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>Reads changed code, as it is and as it was: its units, and what reviews miss.</summary>
internal static class GateCode
{
    /// <summary>The code of changed files, by their paths at the head; what can't be read is not among them.</summary>
    public static async Task<IReadOnlyDictionary<RepoPath, ChangedCode>> ReadAsync(
        GitRepository repository, GateComparison sides, IEnumerable<FileDiff> diffs, CancellationToken cancel)
    {
        var found = new ConcurrentDictionary<RepoPath, ChangedCode>();
        var files = diffs.Where(diff => diff is { IsBinary: false, NewPath: not null } && CodeUnits.Language(diff.NewPath.Value) is not null);
        await Parallel.ForEachAsync(files, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, async (diff, stop) =>
        {
            var path = diff.NewPath!.Value;
            if (await repository.ReadAsync(sides.Head, path, CodeUnits.MaxBytes, stop) is { } head)
            {
                var was = diff.OldPath is { } old ? await repository.ReadAsync(sides.MergeBase, old, CodeUnits.MaxBytes, stop) : null;
                found[path] = ChangedCode.Read(path, head, was, Written(diff), diff.Hunks.Where(hunk => hunk.NewCount == 0).Select(hunk => hunk.NewStart).ToHashSet());
            }
        });
        return found;
    }

    private static HashSet<int> Written(FileDiff diff) => [.. diff.Hunks.SelectMany(hunk => Enumerable.Range(hunk.NewStart, hunk.NewCount))];
}
