using Airworthy.Model;

namespace Airworthy.Git.Lines;

/// <summary>Added lines that equal removed ones of the same commit but for whitespace. Positions count from 0.</summary>
/// <param name="NewStart">The first of them in the file after the commit.</param>
/// <param name="Count">How many.</param>
/// <param name="OldPath">The file they were in before.</param>
/// <param name="OldStart">The first of them there.</param>
internal readonly record struct LineMove(int NewStart, int Count, RepoPath OldPath, int OldStart);
