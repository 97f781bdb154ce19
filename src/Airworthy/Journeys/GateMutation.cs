using Airworthy.Model;
using Airworthy.Policies;
using Airworthy.Verification.Mutation;

namespace Airworthy.Journeys;

/// <summary>Says of a changed unit how many mutants of its changed lines tests noticed.</summary>
internal static class GateMutation
{
    public static ChangedUnit Add(ChangedUnit unit, MutationReading reports, TestedFiles tested, CommitId head)
    {
        var path = tested.NameWhenTested(unit.Unit.Path);
        var (all, noticed) = unit.Executable ? reports.On(path, unit.Judged.ToHashSet()) : default;
        return all == 0 ? unit : unit with
        {
            Evidence = unit.Evidence.Add(new Evidence(
                EvidenceKind.MutationScore.Name, reports.SourceOf(path), unit.Unit.Symbol, unit.Unit.Path, head, all, all - noticed, Instances: 0)),
        };
    }
}
