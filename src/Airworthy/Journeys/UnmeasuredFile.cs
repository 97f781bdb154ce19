using Airworthy.Model;

namespace Airworthy.Journeys;

/// <summary>A changed file that has no lines to judge.</summary>
/// <param name="Path">The file.</param>
/// <param name="Why">Why: <c>binary</c>, <c>larger than 4 MiB</c>…</param>
public sealed record UnmeasuredFile(RepoPath Path, string Why)
{
    /// <summary>Why of a file whose coverage was asked for.</summary>
    public const string Unnamed = "no coverage report names it";
}
