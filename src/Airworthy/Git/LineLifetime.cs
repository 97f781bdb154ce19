using Airworthy.Model;

namespace Airworthy.Git;

/// <summary>
/// What became of some lines that were born together and ended together, as the history of one revision tells it. A line that only moved
/// (to another place or file, or by whitespace alone) lives on: its birth stays the first one.
/// </summary>
/// <param name="Born">The commit that added the lines.</param>
/// <param name="Path">The path they were added under.</param>
/// <param name="Start">The first one's number there, from 1; the others follow it.</param>
/// <param name="Died">The commit that took them away, at a merge the merge itself; null while they live at the revision.</param>
/// <param name="Replaced">True when the commit that took them away put other lines in their place; false for a plain deletion, and while they live.</param>
/// <param name="Moves">How often they moved.</param>
/// <param name="Lines">How many lines, at least 1.</param>
public sealed record LineLifetime(CommitId Born, RepoPath Path, int Start, CommitId? Died, bool Replaced, int Moves, int Lines);
