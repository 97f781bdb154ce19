namespace Airworthy.Verification.Outcomes;

/// <summary>A test and how it came out.</summary>
/// <param name="Suite">The class, module, file or package it belongs to, as the report writes it; empty when none is told.</param>
/// <param name="Name">Its name there, with its parameters.</param>
/// <param name="Function">The function's name where the report tells it apart; else as <paramref name="Name"/>.</param>
/// <param name="File">Its file, as the report writes it; null when not told.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="Says">The first line of its failure; empty when it did not fail, or says nothing.</param>
public sealed record TestResult(string Suite, string Name, string Function, string? File, TestOutcome Outcome, string Says)
{
    private const int MaxChars = 500;

    /// <summary>The reports it stands in.</summary>
    public string Source { get; init; } = "";

    /// <summary>A result of which all text is bounded.</summary>
    internal static TestResult Of(string? suite, string? name, string? function, string? file, TestOutcome outcome, string? says) =>
        new(Cut(suite), Cut(Short(name, suite)), Cut(Short(function ?? name, suite)), file is null ? null : Cut(file), outcome, outcome is TestOutcome.Failed or TestOutcome.Flaky ? FirstLine(says) : "");

    // xunit names a test by its class and method, MSTest by its method.
    private static string? Short(string? name, string? suite) =>
        !string.IsNullOrEmpty(suite) && name?.StartsWith(suite + ".", StringComparison.Ordinal) == true ? name[(suite.Length + 1)..] : name;

    private static string Cut(string? text) => text is null ? "" : text.Length <= MaxChars ? text : text[..MaxChars];

    private static string FirstLine(string? text)
    {
        var trimmed = (text ?? "").AsSpan().Trim();
        var end = trimmed.IndexOfAny('\r', '\n');
        return Cut((end < 0 ? trimmed : trimmed[..end])[..Math.Min(MaxChars, end < 0 ? trimmed.Length : end)].ToString());
    }
}
