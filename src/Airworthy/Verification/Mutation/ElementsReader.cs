using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Airworthy.Verification.Mutation;

/// <summary>mutation-testing-elements, version 1 and 2 (Stryker.NET, StrykerJS, Stryker4s). See https://github.com/stryker-mutator/mutation-testing-elements.</summary>
internal sealed partial class ElementsReader : IMutationReader
{
    public string Name => "mutation-testing-elements";

    // StrykerJS writes the version of the schema behind all the files.
    public bool Recognises(string start) => start.StartsWith('{') && (start.Contains("\"schemaVersion\"", StringComparison.Ordinal) || Files().IsMatch(start));

    public void Read(ReportFile file, Func<string, Action<Mutant>?> of) => file.ReadJson(root =>
    {
        foreach (var source in root.GetProperty("files").EnumerateObject())
        {
            if (of(source.Name) is not { } add)
            {
                continue;
            }

            foreach (var mutant in source.Value.GetProperty("mutants").EnumerateArray())
            {
                if (Noticed(mutant.GetProperty("status").GetString()) is { } noticed)
                {
                    var at = mutant.GetProperty("location").GetProperty("start");
                    var (line, column) = (Whole(at.GetProperty("line")), Whole(at.GetProperty("column")));
                    add(new Mutant(line, string.Create(CultureInfo.InvariantCulture, $"{column} {Text(mutant, "mutatorName")} {Text(mutant, "replacement")}"), noticed));
                }
            }
        }
    });

    [GeneratedRegex("""^\{\s*"files"\s*:\s*\{\s*"[^"]*"\s*:\s*\{\s*"(language|mutants|source|tests)"\s*:""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Files();

    private static bool? Noticed(string? status) => status switch
    {
        "Killed" or "Timeout" => true,
        "Survived" or "NoCoverage" => false,
        _ => null,
    };

    private static string Text(JsonElement mutant, string name) =>
        mutant.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static int Whole(JsonElement number) => (int)Math.Clamp(number.GetDouble(), 0, int.MaxValue);
}
