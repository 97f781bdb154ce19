using Airworthy.Model;

namespace Airworthy.Journeys.Queries;

/// <summary>A living line of a change, and what is known of it.</summary>
/// <param name="Number">Its number at the tip, from 1.</param>
/// <param name="Text">The line without its end. From the repository: hostile.</param>
/// <param name="Authorship">Who wrote it.</param>
/// <param name="Ran">Whether the statement that begins there ever ran in production; null where no probe tells.</param>
public sealed record LivingLine(int Number, string Text, AuthorKind Authorship, bool? Ran);
