using System.Collections.Immutable;

namespace Airworthy.Verification.Findings;

/// <summary>A result of a SARIF log, its file as the log writes it.</summary>
internal sealed record SarifResult(
    string Tool, string Rule, FindingLevel Level, string Says, string File, int Start, int End, ImmutableArray<string> Fingerprints, bool IsOld)
{
    /// <summary>By what the same finding is known in a baseline: its fingerprints, or, without any, its file and message.</summary>
    public IEnumerable<string> Identities => Fingerprints.IsEmpty
        ? [$"{Tool}\n{Rule}\nat {File.Replace('\\', '/')}\n{Says}"]
        : Fingerprints.Select(print => $"{Tool}\n{Rule}\n{print}");
}
