using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;

namespace Airworthy.Provenance.Carrying;

/// <summary>What was carried from a branch to the commits by which a server landed it.</summary>
/// <param name="From">The branch's commits, the oldest first.</param>
/// <param name="To">What each landed commit got, the oldest first.</param>
/// <param name="Attested">Lines the branch left of which it is recorded who wrote them.</param>
/// <param name="RewrittenInBranch">Recorded lines that the branch itself rewrote, and so could not land.</param>
public sealed record LandedCarry(ImmutableArray<CommitId> From, ImmutableArray<CarriedLines> To, int Attested, int RewrittenInBranch)
{
    /// <summary>Lines carried.</summary>
    public int Carried => To.Sum(commit => commit.Carried);

    /// <summary>Lines of which the landed commits' own notes spoke already.</summary>
    public int Known => To.Sum(commit => commit.Known);

    /// <summary>The landed commits that are none of the branch's: what they added is mostly not in it.</summary>
    public ImmutableArray<CommitId> Foreign => [.. To.Where(commit => !commit.IsOfThem).Select(commit => commit.Commit)];

    /// <summary>
    /// Carries authorship over a squash or a rebase that a server made, where no hook ran. One landed commit is taken as a squash, so it gets
    /// what the branch left at its end; several as a rebase, so each gets what the branch's commits added. A landed commit that mostly is not
    /// the branch's gets nothing.
    /// </summary>
    /// <param name="repository">The repository.</param>
    /// <param name="from">The branch's commits, the oldest first.</param>
    /// <param name="to">The landed commits, the oldest first.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="CarryException">There is nothing to carry from or to.</exception>
    public static async Task<LandedCarry> WriteAsync(
        GitRepository repository, ImmutableArray<CommitId> from, ImmutableArray<CommitId> to, TimeProvider time, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(repository);
        if (from.IsEmpty || to.IsEmpty)
        {
            throw new CarryException(Fault.Usage, "there are no commits to carry from or to; see 'git log A..B' for the range");
        }

        return await NoteLedger.UpdateAsync(
            repository,
            "Carry authorship to what landed",
            time,
            async ledger =>
            {
                var carrier = new Carrier(repository, ledger);
                var written = await carrier.OfCommitsAsync(from, cancel);
                var sources = to.Length == 1 && from.Length > 1 ? await carrier.OfBranchAsync(from, from[^1], cancel) : written;
                var carried = ImmutableArray.CreateBuilder<CarriedLines>(to.Length);
                foreach (var target in to)
                {
                    carried.Add(await carrier.CarryAsync(sources, await repository.CommitAsync(target, cancel), onlyIfOfThem: true, cancel));
                }

                var attested = sources.Sum(source => source.Attested);
                return new LandedCarry(from, carried.DrainToImmutable(), attested, written.Sum(source => source.Attested) - attested);
            },
            cancel);
    }
}
