namespace Airworthy.TrialWorker.Schedules;

/// <summary>Takes a thread of a run that is over out of the code under trial. It may be caught there: it is thrown again at the next step.</summary>
internal sealed class AbandonedRunException() : Exception("the run is over");
