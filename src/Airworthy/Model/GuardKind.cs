namespace Airworthy.Model;

/// <summary>What catches a class of failure before or when it comes back.</summary>
public enum GuardKind
{
    /// <summary>A test that fails on the code as it was.</summary>
    RegressionTest,

    /// <summary>A rule of <c>airworthy.yml</c> that asks for evidence there.</summary>
    GateRule,

    /// <summary>A compiler's or analyzer's rule as an error.</summary>
    Analyzer,

    /// <summary>An alert in production: no test shows it.</summary>
    Alert,
}
