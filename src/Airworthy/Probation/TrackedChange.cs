using Airworthy.Model;

namespace Airworthy.Probation;

/// <summary>A change on probation.</summary>
/// <param name="Repository">The repository's name.</param>
/// <param name="Change">The change.</param>
/// <param name="Authorship">Who wrote it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record TrackedChange(string Repository, Change Change, Authorship Authorship, ChangeState State, DateTimeOffset Since);
