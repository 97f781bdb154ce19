using System.Collections.Immutable;
using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>All that is known of one commit.</summary>
/// <param name="Repository">The repository's name.</param>
/// <param name="Commit">The commit.</param>
/// <param name="Authorship">Who wrote it, with every signal.</param>
/// <param name="Change">The change it belongs to; null when it is not in the history looked at.</param>
/// <param name="Revision">The commit whose history was looked at.</param>
/// <param name="IsShallow">True when history is cut off, so that lines may be credited to the wrong commits.</param>
/// <param name="Lines">What became of its lines; null when it is not in that history.</param>
/// <param name="Prompts">The prompts that records keep of it; null when they were not asked for.</param>
/// <param name="UnreadableNotes">Notes met that are not of their format, and count as absent.</param>
public sealed record ShowReport(
    string Repository,
    Commit Commit,
    Authorship Authorship,
    Change? Change,
    CommitId Revision,
    bool IsShallow,
    ShowLines? Lines,
    ImmutableArray<Prompt>? Prompts,
    ImmutableArray<UnreadableNote> UnreadableNotes);
