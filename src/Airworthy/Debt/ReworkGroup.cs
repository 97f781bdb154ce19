using System.Collections.Immutable;
using Airworthy.Statistics;

namespace Airworthy.Debt;

/// <summary>What became of the lines that have something in common: who wrote them, or where.</summary>
/// <param name="Name">What: <c>ai</c>, an agent, a model, a folder. From the repository: hostile.</param>
/// <param name="Commits">The commits they landed with.</param>
/// <param name="Lines">How many lines landed.</param>
/// <param name="Living">How many live at the revision, moved or not.</param>
/// <param name="Replaced">How many others took the place of.</param>
/// <param name="Deleted">How many were deleted, nothing put in their place.</param>
/// <param name="Moved">How many of them all stood in another place or file before they ended, or do now.</param>
/// <param name="Rework">The share reworked, for each number of days asked for.</param>
/// <param name="Survival">The share that lived, after each of <see cref="LifetimeCount.SurvivalDays"/>.</param>
/// <param name="Median">The days by which half of them had ended.</param>
public sealed record ReworkGroup(
    string Name,
    int Commits,
    long Lines,
    long Living,
    long Replaced,
    long Deleted,
    long Moved,
    ImmutableArray<ReworkShare> Rework,
    ImmutableArray<ReworkSurvival> Survival,
    SurvivalMedian Median);
