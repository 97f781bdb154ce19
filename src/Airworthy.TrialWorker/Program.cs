using Airworthy.TrialWorker.Mutating;
using Airworthy.TrialWorker.Preparing;
using Airworthy.TrialWorker.Running;
using Airworthy.TrialWorker.Testing;

return args switch
{
    ["prepare", var job, var plan] => Preparation.Run(job, plan),
    ["run", var job] => TrialSession.Run(job),
    ["mutants", var job] => MutantSession.Run(job),
    ["tests", var job] => MutantTests.Run(job),
    ["prove", var assembly, var answer, .. var classes] => TestRun.Run(assembly, answer, classes),
    _ => 64,
};
