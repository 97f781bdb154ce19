using System.Globalization;
using Airworthy.Model;

namespace Airworthy.Incidents;

/// <summary>An experiment that named the commit from which on an incident's failure shows: it outranks every suspicion.</summary>
/// <param name="FirstBad">The commit.</param>
/// <param name="Good">A commit at which it does not fail.</param>
/// <param name="Bad">A commit at which it fails.</param>
/// <param name="Command">What was run. Hostile text.</param>
/// <param name="Tested">Revisions decided; at least 2.</param>
/// <param name="Runs">Runs in all.</param>
/// <param name="Error">The chance that it is wrong, at most; 0 when one run decides.</param>
/// <param name="At">When it was told.</param>
public sealed record IncidentProof(
    CommitId FirstBad, CommitId Good, CommitId Bad, string Command, int Tested, int Runs, double Error, DateTimeOffset At)
{
    /// <summary>What it says, as a suspect's proof.</summary>
    public string Told => string.Create(
        CultureInfo.InvariantCulture,
        $"bisect of {Good.Short}..{Bad.Short}: '{Command}' fails from {FirstBad.Short} on ({Tested} revisions, {Words.Count(Runs, "run")}{(Error > 0 ? $", wrong in at most {Error * 100:0.#} %" : "")})");

    /// <summary>An answer with what the experiment named put first; all other belief shares what it leaves.</summary>
    public Attribution Over(Attribution answer, ChangeId? change, Authorship authorship)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var known = answer.Suspects.FirstOrDefault(suspect => suspect.Commit == FirstBad);
        var proven = new Suspect(
            FirstBad, change, known?.Role ?? SuspectRole.Caused, 1 - Error, Told, ["the failure shows from this commit on, by experiment", .. known?.Reasons ?? []], authorship);
        var others = answer.Suspects.Where(suspect => suspect.Commit != FirstBad).Select(suspect => suspect with { Score = suspect.Score * Error });
        return answer with { Verdict = AttributionVerdict.Attributed, Reason = Told, Confidence = 1 - Error, Suspects = [proven, .. others] };
    }
}
