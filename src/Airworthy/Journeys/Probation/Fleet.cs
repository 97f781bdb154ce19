using Airworthy.Model;
using Airworthy.Probation;
using Airworthy.Statistics;

namespace Airworthy.Journeys.Probation;

/// <summary>
/// Weighs all watched changes together. One in a hundred harmless changes turns suspect at α = 1 %: of ten thousand a hundred. What switches something off
/// by itself must hold over all of them, so that of what is switched off at most α is so wrongly (e-BH).
/// </summary>
public sealed class Fleet(IChangeLedger ledger, ServerNews news, TimeProvider time)
{
    /// <summary>The share of changes switched off that may be so wrongly.</summary>
    public const double Alpha = 0.01;

    private const int MostChanges = 100_000;

    /// <summary>Switches off the suspects among those whose evidence holds over the fleet. Off they stay until a person decides.</summary>
    /// <param name="evidence">The natural logarithm of the evidence of harm of each change that ran.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task WeighAsync(IReadOnlyList<(string Repository, ChangeId Change, double LogOfHarm)> evidence, CancellationToken cancel)
    {
        // Ruled out beforehand, without a look at the store: one of K is flagged only from K/α·1/K on.
        if (!evidence.Any(one => one.LogOfHarm >= EProcess.Threshold(Alpha)))
        {
            return;
        }

        var tracked = (await ledger.ListAsync(repository: null, state: null, MostChanges, cancel))
            .Where(change => change.State != ChangeState.Withdrawn)
            .ToDictionary(change => (change.Repository, change.Change.Id));
        var logs = evidence.Where(one => tracked.ContainsKey((one.Repository, one.Change))).ToDictionary(one => (one.Repository, one.Change), one => one.LogOfHarm);

        // A change that never ran is watched too: it is one of those among which this one was found.
        var all = tracked.Values.ToList();
        var flags = FalseDiscovery.Flag([.. all.Select(change => logs.GetValueOrDefault((change.Repository, change.Change.Id)))], Alpha);
        foreach (var change in all.Where((change, i) => flags[i] && change.State == ChangeState.Suspect))
        {
            var found = logs[(change.Repository, change.Change.Id)];
            if (await ledger.SwitchOffAsync(
                change.Repository,
                change.Change.Id,
                time.GetUtcNow(),
                FormattableString.Invariant($"Its evidence of harm, {EvidenceFigure.Of(found)}, holds over all {all.Count:N0} changes that are watched."),
                cancel))
            {
                news.Tell(new ServerEvent("change", $"{change.Repository}/{change.Change.Id}"));
            }
        }
    }
}
