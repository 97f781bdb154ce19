using System.Text.Json;

namespace Airworthy.Verification.Mutation;

/// <summary>cargo-mutants' <c>outcomes.json</c> (Rust). See https://mutants.rs.</summary>
internal sealed class CargoMutantsReader : IMutationReader
{
    public string Name => "cargo-mutants";

    public bool Recognises(string start) => start.StartsWith('{') && start.Contains("\"outcomes\"", StringComparison.Ordinal);

    public void Read(ReportFile file, Func<string, Action<Mutant>?> of) => file.ReadJson(root =>
    {
        foreach (var outcome in root.GetProperty("outcomes").EnumerateArray())
        {
            bool? noticed = outcome.GetProperty("summary").GetString() switch
            {
                "CaughtMutant" or "Timeout" => true,
                "MissedMutant" => false,
                _ => null,
            };
            // The run without any change is an outcome too, of the scenario "Baseline".
            if (noticed is { } known && outcome.GetProperty("scenario") is { ValueKind: JsonValueKind.Object } scenario && scenario.TryGetProperty("Mutant", out var mutant))
            {
                of(mutant.GetProperty("file").GetString() ?? "")?.Invoke(new Mutant(Line(mutant), mutant.GetProperty("name").GetString() ?? "", known));
            }
        }
    });

    private static int Line(JsonElement mutant) => (int)Math.Clamp(
        (mutant.TryGetProperty("span", out var span) ? span.GetProperty("start").GetProperty("line") : mutant.GetProperty("line")).GetDouble(), 0, int.MaxValue);
}
