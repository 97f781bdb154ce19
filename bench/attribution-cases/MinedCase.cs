using System.Text.Json.Serialization;

namespace Airworthy.AttributionCases;

/// <summary>An incident with its known cause, as revisions, frames and derived figures: no text of the project.</summary>
/// <param name="Fix">The commit that mended it, or the issue it was told in.</param>
/// <param name="Label">How its cause is known: see <see cref="LabelSource"/>.</param>
/// <param name="Kind">The dialect of its trace.</param>
/// <param name="Revision">The commit that failed: the fix's parent, or a bad release.</param>
/// <param name="Causes">The commits that caused it; none where the cause lies outside of the repository.</param>
/// <param name="Frames">The in-app frames, innermost first: function, file and line as told.</param>
/// <param name="TopFrame">True when the owner of the first in-app line is a cause: blame of the top frame.</param>
/// <param name="Newest">True when the newest owner of any in-app line is: most recent over the frames.</param>
/// <param name="Candidates">The candidates, each with its features in the order of <c>features</c>.</param>
/// <param name="Outward">True when the product says <em>a failing dependency</em> and ranks nothing.</param>
internal sealed record MinedCase(
    string Fix, string Label, string Kind, string Revision, string[] Causes, MinedFrame[] Frames, bool TopFrame, bool Newest, MinedCandidate[] Candidates,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Outward = false)
{
    /// <summary>True when a cause is among the candidates.</summary>
    [JsonIgnore]
    public bool IsReachable => Array.Exists(Candidates, candidate => candidate.IsCause);
}
