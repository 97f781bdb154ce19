namespace Airworthy.Feedback;

/// <summary>Values that a class of failure lives on, as C# literals.</summary>
internal static class BoundaryValues
{
    /// <summary>Rows of arguments: each parameter takes each of its odd values once, while the others keep a usual one.</summary>
    public static IEnumerable<IReadOnlyList<string>> Rows(IReadOnlyList<string> types, string? failureClass)
    {
        string[] usual = [.. types.Select(Usual)];
        yield return usual;
        for (var i = 0; i < types.Count; i++)
        {
            foreach (var value in Odd(types[i], failureClass))
            {
                string[] row = [.. usual];
                row[i] = value;
                yield return row;
            }
        }
    }

    private static string Usual(string type) => type switch
    {
        "string" => "\"1\"",
        "bool" => "true",
        "decimal" => "2m",
        "double" => "2d",
        "float" => "2f",
        _ => "2",
    };

    private static IEnumerable<string> Odd(string type, string? failureClass) => (type, failureClass) switch
    {
        ("string", "culture-dependent-parse") => ["\"0.15\"", "\"1,234.56\""],
        ("string", "null-dereference") => ["null!", "\"\""],
        ("string", _) => ["\"\"", "\" \"", "\"x\""],
        ("bool", _) => ["false"],
        ("decimal", "numeric-overflow") => ["decimal.MaxValue", "decimal.MinValue", "0m"],
        ("decimal", _) => ["0m", "-1m", "0.01m"],
        ("double", _) => ["0d", "-1d", "double.NaN"],
        ("float", _) => ["0f", "-1f", "float.NaN"],
        ("byte", _) => ["0", "byte.MaxValue"],
        (_, "numeric-overflow") => [$"{type}.MaxValue", $"{type}.MinValue", "0"],
        _ => ["0", "1", "-1"],
    };
}
