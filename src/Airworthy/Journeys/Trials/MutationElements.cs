using System.Globalization;
using System.Text.Json;
using Airworthy.Trials.Mutation;

namespace Airworthy.Journeys.Trials;

/// <summary>
/// Writes what became of mutants as mutation-testing-elements 2, which other tools show and <c>gate --mutation</c> reads. See https://github.com/stryker-mutator/mutation-testing-elements.
/// </summary>
public static class MutationElements
{
    private const string Tests = "tests";

    /// <param name="stream">Where to.</param>
    /// <param name="results">What became of them, project by project.</param>
    public static void Write(Stream stream, IReadOnlyList<MutationResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("schemaVersion", "2");
        json.WriteStartObject("thresholds");
        json.WriteNumber("high", 80);
        json.WriteNumber("low", 60);
        json.WriteEndObject();
        json.WriteStartObject("framework");
        json.WriteString("name", "airworthy trial");
        json.WriteEndObject();
        json.WriteStartObject("files");
        var seen = 0;
        foreach (var file in results.SelectMany((result, project) => result.Mutants.Select(mutant => (Project: project, Source: result.Sources.GetValueOrDefault(mutant.Mutant.Path) ?? "", Mutant: mutant)))
            .GroupBy(one => one.Mutant.Mutant.Path, StringComparer.Ordinal))
        {
            json.WriteStartObject(file.Key);
            json.WriteString("language", "cs");
            json.WriteString("source", file.First().Source);
            json.WriteStartArray("mutants");
            foreach (var (_, _, mutant) in file)
            {
                Write(json, mutant, ++seen);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        WriteTests(json, results);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JudgedMutant mutant, int id)
    {
        json.WriteStartObject();
        json.WriteString("id", id.ToString(CultureInfo.InvariantCulture));
        json.WriteString("mutatorName", mutant.Mutant.Mutator);
        json.WriteString("replacement", mutant.Mutant.Replacement);
        json.WriteStartObject("location");
        Write(json, "start", mutant.Mutant.Start);
        Write(json, "end", mutant.Mutant.End);
        json.WriteEndObject();
        json.WriteString("status", mutant.Test.Fate switch
        {
            MutantFate.Killed => "Killed",
            MutantFate.TimedOut => "Timeout",
            MutantFate.Survived => "Survived",
            MutantFate.NoCoverage => "NoCoverage",
            MutantFate.NotCompiled => "CompileError",
            _ => "Pending",
        });
        if (Reason(mutant) is { } reason)
        {
            json.WriteString("statusReason", reason);
        }

        if (mutant.Test.By is { } by)
        {
            json.WriteStartArray("killedBy");
            json.WriteStringValue(by);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string? Reason(JudgedMutant mutant) => mutant.Verdict switch
    {
        MutantVerdict.Shown => string.Create(CultureInfo.InvariantCulture, $"{mutant.Shown!.Input} shows it: {mutant.Shown.Base} as it is, {mutant.Shown.Head} with it"),
        MutantVerdict.LikelyEquivalent => string.Create(CultureInfo.InvariantCulture, $"likely equivalent: {mutant.Inputs} generated inputs ran it and none shows it"),
        _ => null,
    };

    private static void Write(Utf8JsonWriter json, string name, CodePosition at)
    {
        json.WriteStartObject(name);
        json.WriteNumber("line", at.Line);
        json.WriteNumber("column", at.Column);
        json.WriteEndObject();
    }

    private static void WriteTests(Utf8JsonWriter json, IReadOnlyList<MutationResult> results)
    {
        var names = results.SelectMany(result => result.Mutants).Select(mutant => mutant.Test.By).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            return;
        }

        json.WriteStartObject("testFiles");
        json.WriteStartObject(Tests);
        json.WriteStartArray("tests");
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString("id", name);
            json.WriteString("name", name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
