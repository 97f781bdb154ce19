using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>The file of a parent that an edited file is compared with.</summary>
/// <param name="Path">Its path there; null when the parent has no such file.</param>
/// <param name="Spans">What differs, in order.</param>
internal readonly record struct EditSource(RepoPath? Path, EditSpan[] Spans);
