namespace Airworthy.TrialWorker.Schedules;

/// <summary>Decides who goes on: a policy of scheduling.</summary>
internal interface IChooser
{
    /// <summary>The thread that goes on, one that can; <see cref="Refused"/> to end the run.</summary>
    int Choose(Moment moment);

    /// <summary>No thread is to go on.</summary>
    const int Refused = -1;
}
