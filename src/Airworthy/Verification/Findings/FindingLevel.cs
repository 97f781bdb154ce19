namespace Airworthy.Verification.Findings;

/// <summary>How bad an analyzer says its finding is.</summary>
public enum FindingLevel
{
    Note,
    Warning,
    Error,
}
