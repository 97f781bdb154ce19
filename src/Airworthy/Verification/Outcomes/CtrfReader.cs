using System.Text.Json;

namespace Airworthy.Verification.Outcomes;

/// <summary>CTRF, the common JSON of many reporters. See https://ctrf.io.</summary>
internal sealed class CtrfReader : ITestReader
{
    public string Name => "ctrf";

    public bool Recognises(string start) =>
        start.StartsWith('{') && start.Contains("\"results\"", StringComparison.Ordinal)
        && (start.Contains("\"tool\"", StringComparison.Ordinal) || start.Contains("\"summary\"", StringComparison.Ordinal) || start.Contains("CTRF", StringComparison.Ordinal));

    public void Read(ReportFile file, Action<TestResult> add) => file.ReadJson(root =>
    {
        foreach (var test in root.GetProperty("results").GetProperty("tests").EnumerateArray())
        {
            add(TestResult.Of(Suite(test), test.GetProperty("name").GetString(), function: null, Text(test, "filePath") ?? Text(test, "filepath"), Outcome(test), Text(test, "message")));
        }
    });

    private static TestOutcome Outcome(JsonElement test) => Text(test, "status") switch
    {
        "passed" when IsFlaky(test) => TestOutcome.Flaky,
        "passed" => TestOutcome.Passed,
        "failed" => TestOutcome.Failed,
        _ => TestOutcome.Skipped,
    };

    private static bool IsFlaky(JsonElement test) =>
        (test.TryGetProperty("flaky", out var flaky) && flaky.ValueKind == JsonValueKind.True)
        || (test.TryGetProperty("retryAttempts", out var attempts) && attempts.ValueKind == JsonValueKind.Array
            && attempts.EnumerateArray().Any(attempt => attempt.ValueKind == JsonValueKind.Object && Text(attempt, "status") == "failed"));

    // A text, or in later versions a list from the outermost on, in which xunit also puts the digests of its collections.
    private static string? Suite(JsonElement test)
    {
        if (!test.TryGetProperty("suite", out var suite) || suite.ValueKind != JsonValueKind.Array)
        {
            return Text(test, "suite");
        }

        var parts = suite.EnumerateArray().Take(20).Select(part => part.ToString()).Where(part => part.Length != 64 || !part.All(char.IsAsciiHexDigit)).ToArray();
        return parts.FirstOrDefault(part => Text(test, "name")?.StartsWith(part + ".", StringComparison.Ordinal) == true) ?? string.Join(" > ", parts);
    }

    private static string? Text(JsonElement test, string name) =>
        test.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
