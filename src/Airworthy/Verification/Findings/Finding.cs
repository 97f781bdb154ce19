using Airworthy.Model;

namespace Airworthy.Verification.Findings;

/// <summary>What an analyzer found in a file of the repository, where it stands in the head that is judged.</summary>
/// <param name="Tool">The analyzer.</param>
/// <param name="Rule">Its rule; empty when not told.</param>
/// <param name="Level">How bad it says that is.</param>
/// <param name="Says">Its message.</param>
/// <param name="Path">The file.</param>
/// <param name="Start">The first line.</param>
/// <param name="End">The last line.</param>
/// <param name="Source">The report.</param>
public sealed record Finding(string Tool, string Rule, FindingLevel Level, string Says, RepoPath Path, int Start, int End, string Source);
