using Airworthy.Model;

namespace Airworthy.Journeys.Debts;

/// <summary>What review said of the changes of one authorship, to set beside what production said.</summary>
/// <param name="By">Who wrote them.</param>
/// <param name="Requests">Pull requests whose review is told.</param>
/// <param name="MinutesToApproval">The median time from opening to the first approval by a person; null when none is told.</param>
/// <param name="MinutesPerHundredLines">The same for each hundred lines that the change added; null when none is told.</param>
/// <param name="Rounds">How often changes were asked for, on average.</param>
/// <param name="Comments">Comments on lines by people, on average.</param>
public sealed record DebtReview(AuthorKind By, int Requests, double? MinutesToApproval, double? MinutesPerHundredLines, double Rounds, double Comments);
