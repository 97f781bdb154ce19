using Airworthy.Model;

namespace Airworthy.Alerts;

/// <summary>A person has seen that a change is suspect: nobody is reminded of it any more.</summary>
/// <param name="Repository">The repository's name.</param>
/// <param name="Change">The change.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">What is done about it.</param>
/// <param name="At">When, UTC.</param>
public sealed record Acknowledgement(string Repository, ChangeId Change, string By, string Reason, DateTimeOffset At);
