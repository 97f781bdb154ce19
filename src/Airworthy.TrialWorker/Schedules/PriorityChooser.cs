using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>
/// The thread of the highest priority goes on; priorities are random, and at a few random steps the one that runs falls below all. Finds a race that needs so many changes
/// with a chance that can be told beforehand (PCT: Burckhardt and others, 2010).
/// </summary>
internal sealed class PriorityChooser : IChooser
{
    private readonly int[] _priorities;
    private readonly HashSet<int> _changes = [];
    private int _lowest;

    /// <param name="chance">Where priorities and steps come from.</param>
    /// <param name="threads">How many threads there are.</param>
    /// <param name="steps">About how many steps the run has.</param>
    /// <param name="changes">At how many steps the priority changes.</param>
    public PriorityChooser(Chance chance, int threads, int steps, int changes)
    {
        _priorities = [.. Enumerable.Range(1, threads)];
        for (var i = threads - 1; i > 0; i--)
        {
            var other = chance.Below(i + 1);
            (_priorities[i], _priorities[other]) = (_priorities[other], _priorities[i]);
        }

        for (var i = 0; i < changes; i++)
        {
            _changes.Add(1 + chance.Below(Math.Max(1, steps)));
        }
    }

    public int Choose(Moment moment)
    {
        if (moment.Current >= 0 && (moment.IsYield || _changes.Contains(moment.Step)))
        {
            _priorities[moment.Current] = --_lowest;
        }

        var best = -1;
        for (var i = 0; i < _priorities.Length; i++)
        {
            if (moment.Can(i) && (best < 0 || _priorities[i] > _priorities[best]))
            {
                best = i;
            }
        }

        return best;
    }
}
