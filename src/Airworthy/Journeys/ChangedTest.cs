using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>A test that a change brings or edits.</summary>
/// <param name="Name">Its name, with its class or module.</param>
/// <param name="Path">Its file.</param>
/// <param name="Line">Where it stands at the head.</param>
/// <param name="IsNew">True when the base does not have it.</param>
/// <param name="Authorship">Who wrote what changed of it.</param>
public sealed record ChangedTest(string Name, RepoPath Path, int Line, bool IsNew, Authorship Authorship);
