using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>A function in which a change lives, and how much it ran.</summary>
/// <param name="Unit">Its symbol, with the part counted in brackets where it is not the whole.</param>
/// <param name="Path">Its file.</param>
/// <param name="Line">Its first line, at the tip, else at the revision that ran.</param>
/// <param name="Authorship">Who wrote the change's lines in it.</param>
/// <param name="Critical">The critical areas it is in.</param>
/// <param name="Where">The services and environments it ran in, such as <c>shop in production</c>.</param>
/// <param name="Calls">Calls, in versions in which the change lives in it; 0 when it was not seen running.</param>
/// <param name="Bad">Those that failed.</param>
/// <param name="FirstRan">The first minute, UTC; null when it was not seen running.</param>
/// <param name="LastRan">The last one.</param>
/// <param name="Instances">Distinct instances of the version with the most; 0 where none told its id.</param>
/// <param name="Counted">By <c>probe</c> or <c>span</c>; null when nothing counts it.</param>
public sealed record ExposedUnit(
    string Unit,
    string Path,
    int Line,
    AuthorKind Authorship,
    IReadOnlyList<string> Critical,
    IReadOnlyList<string> Where,
    long Calls,
    long Bad,
    DateTimeOffset? FirstRan,
    DateTimeOffset? LastRan,
    int Instances,
    string? Counted)
{
    /// <summary>Operations that lead to it, where nothing counts it itself.</summary>
    public IReadOnlyList<ReachingOperation> ReachedBy { get; init; } = [];
}
