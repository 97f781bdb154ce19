namespace Airworthy.Feedback;

/// <summary>Where a note stands now.</summary>
/// <param name="Place">The place: <c>pull request 12</c>, <c>merge request 12</c>, <c>issue 3</c>, <c>check</c>.</param>
/// <param name="Outcome">What became of it there.</param>
/// <param name="Why">Why it could not be placed; null when it was.</param>
public sealed record NotePlaced(string Place, NoteOutcome Outcome, string? Why = null);
