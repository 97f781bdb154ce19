using Airworthy.Model;

namespace Airworthy.Provenance;

/// <summary>A note that is not of its format; it counts as if it were not there.</summary>
/// <param name="Commit">The commit it annotates.</param>
/// <param name="Source">The ref it stands in.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record UnreadableNote(CommitId Commit, string Source, string Problem);
