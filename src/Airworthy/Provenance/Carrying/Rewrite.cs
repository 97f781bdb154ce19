using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Carrying;

/// <summary>
/// Keeps authorship through history that is rewritten on this machine, as git's hooks tell it: an amended or rebased commit, several that
/// became one, a cherry-pick, a local squash.
/// </summary>
public static class Rewrite
{
    private const int MostCommits = 10_000;

    /// <summary>Carries the notes of commits that were rewritten to those that took their place.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="pairs">Which commit became which, in the order git tells them, the oldest first.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>What was carried to each new commit of whose origin anything was known.</returns>
    public static async Task<ImmutableArray<CarriedLines>> CarryAsync(
        GitRepository repository, IEnumerable<(CommitId Old, CommitId New)> pairs, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var rewritten = pairs.Take(MostCommits).Where(pair => pair.Old != pair.New)
            .GroupBy(pair => pair.New, pair => pair.Old).Select(group => (New: group.Key, Old: group.Distinct().ToList())).ToList();
        return await NoteLedger.UpdateAsync(
            repository,
            "Carry authorship over rewritten commits",
            time,
            async ledger =>
            {
                var carrier = new Carrier(repository, ledger);
                var carried = ImmutableArray.CreateBuilder<CarriedLines>();
                foreach (var (target, old) in rewritten)
                {
                    if (old.Exists(ledger.Has))
                    {
                        var sources = await TipAsync(repository, old, cancel) is { } tip
                            ? await carrier.OfBranchAsync(old, tip, cancel)
                            : await carrier.OfCommitsAsync(old, cancel);
                        carried.Add(await carrier.CarryAsync(sources, await repository.CommitAsync(target, cancel), onlyIfOfThem: false, cancel));
                    }
                }

                return carried.DrainToImmutable();
            },
            cancel);
    }

    /// <summary>The last of several commits that follow each other; null when there is a gap between them, or only one.</summary>
    private static async Task<CommitId?> TipAsync(GitRepository repository, List<CommitId> commits, CancellationToken cancel)
    {
        if (commits.Count == 1)
        {
            return null;
        }

        var tips = commits.ToHashSet();
        foreach (var commit in commits)
        {
            tips.ExceptWith((await repository.CommitAsync(commit, cancel)).Parents);
        }

        return tips.Count == 1 ? tips.Single() : null;
    }

    /// <summary>Reads what git gives a <c>post-rewrite</c> hook: a line for each commit, the old name and the new one.</summary>
    public static IEnumerable<(CommitId Old, CommitId New)> Read(TextReader lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        while (lines.ReadLine() is { } line)
        {
            var names = line.Split(' ');
            if (names.Length >= 2 && CommitId.TryParse(names[0], out var old) && CommitId.TryParse(names[1], out var @new))
            {
                yield return (old, @new);
            }
        }
    }
}
