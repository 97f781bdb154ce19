using System.Collections.Immutable;
using Airworthy.Debt;
using Airworthy.Model;
using Airworthy.Provenance;

namespace Airworthy.Journeys;

/// <summary>What became of the lines of a repository.</summary>
/// <param name="Repository">Its name.</param>
/// <param name="Revision">The commit whose history was looked at.</param>
/// <param name="Query">What was asked.</param>
/// <param name="Until">When the last commit landed: lines that live then are watched no longer.</param>
/// <param name="Landings">Commits on the first-parent line.</param>
/// <param name="DisbelievedDates">Those whose committer's date is not believed.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Coverage">How much is known of the lines that the figures count, from what, and month of landing by month.</param>
/// <param name="UnreadableNotes">Notes of this history that are not of their format, and count as absent.</param>
public sealed record ReworkReport(
    string Repository,
    CommitId Revision,
    ReworkQuery Query,
    DateTimeOffset Until,
    int Landings,
    int DisbelievedDates,
    ReworkFigures Figures,
    Coverage Coverage,
    ImmutableArray<UnreadableNote> UnreadableNotes);
