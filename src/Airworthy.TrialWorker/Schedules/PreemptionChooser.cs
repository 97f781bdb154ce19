namespace Airworthy.TrialWorker.Schedules;

/// <summary>
/// A thread goes on until it waits or ends, but for a few moments at which another is put before it. Most races need one or two of them (Musuvathi and Qadeer, 2007), and with few a schedule can
/// be read.
/// </summary>
/// <param name="first">The thread that begins.</param>
/// <param name="preemptions">The steps at which another takes over, and which; ascending.</param>
internal sealed class PreemptionChooser(int first, params (int Step, int To)[] preemptions) : IChooser
{
    private int _next;

    public int Choose(Moment moment)
    {
        if (moment.Step == 0)
        {
            return moment.Can(first) ? first : moment.After(first);
        }

        while (_next < preemptions.Length && preemptions[_next].Step <= moment.Step)
        {
            if (moment.Can(preemptions[_next++].To))
            {
                return preemptions[_next - 1].To;
            }
        }

        return moment.IsYield || !moment.Can(moment.Current) ? moment.After(moment.Current) : moment.Current;
    }
}
