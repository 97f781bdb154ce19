using Airworthy.TrialWorker.Making;

namespace Airworthy.TrialWorker.Schedules;

/// <summary>One call of a scenario.</summary>
/// <param name="Member">The member, by its index.</param>
/// <param name="Receiver">Which of the objects of the first kind it is called on; 0 for a static member.</param>
/// <param name="Arguments">Recipes of its arguments; null where an object of the scenario is passed.</param>
/// <param name="Objects">Which of the objects of its kind is passed; 0 where none is.</param>
internal sealed record ScenarioCall(int Member, int Receiver, Recipe?[] Arguments, int[] Objects);
