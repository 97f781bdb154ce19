namespace Airworthy.TrialWorker.Schedules;

/// <summary>The same threads in the same order as before.</summary>
internal sealed class ReplayChooser(Schedule schedule) : IChooser
{
    private int _run;
    private int _steps;

    /// <summary>True when the run did what the schedule says, to its end.</summary>
    public bool IsExact { get; private set; } = true;

    public int Choose(Moment moment)
    {
        if (_run < schedule.Runs.Count && _steps == schedule.Runs[_run].Steps)
        {
            (_run, _steps) = (_run + 1, 0);
        }

        if (_run == schedule.Runs.Count || !moment.Can(schedule.Runs[_run].Thread))
        {
            // The code is not the one the schedule was made with.
            IsExact = false;
            return IChooser.Refused;
        }

        _steps++;
        return schedule.Runs[_run].Thread;
    }
}
