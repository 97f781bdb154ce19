using Airworthy.Model;
using Airworthy.Probation;

namespace Airworthy.Journeys.Queries;

/// <summary>What the changes that came with a revision say of it, for whoever rolls it out.</summary>
/// <param name="Verdict">Suspect when one of them is, or the service burns its error budget too fast; proven when none is watched any more; else undecided.</param>
/// <param name="Revision">The commit.</param>
/// <param name="Suspect">The changes in it that are suspect, <c>repository/id</c>.</param>
/// <param name="Experimental">How many in it are experimental.</param>
/// <param name="Proven">How many in it are proven.</param>
/// <param name="Burning">How the service burns its error budget too fast, whatever any change did; null when it does not.</param>
public sealed record RolloutVerdict(ProbationVerdict Verdict, string Revision, IReadOnlyList<string> Suspect, int Experimental, int Proven, string? Burning)
{
    internal static RolloutVerdict Of(CommitId revision, IReadOnlyCollection<TrackedChange> changes, string? burning)
    {
        var suspect = changes.Where(change => change.State == ChangeState.Suspect).Select(change => $"{change.Repository}/{change.Change.Id}").ToList();
        var experimental = changes.Count(change => change.State == ChangeState.Experimental);
        var proven = changes.Count(change => change.State == ChangeState.Proven);
        return new RolloutVerdict(
            suspect.Count > 0 || burning is not null ? ProbationVerdict.Suspect : experimental == 0 && proven > 0 ? ProbationVerdict.Proven : ProbationVerdict.Undecided,
            revision.Hex,
            suspect,
            experimental,
            proven,
            burning);
    }
}
