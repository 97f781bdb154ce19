using System.Collections.Immutable;
using System.Globalization;

namespace Airworthy.Trials.Programs;

/// <summary>
/// Has a fuzzer look for inputs on the head, whichever the scenario's own script begins (AFL++, libFuzzer, Jazzer, <c>go test -fuzz</c>), and makes each that it keeps a value in which the scenario varies: what
/// crashes both builds is no difference, what crashes the head alone is.
/// </summary>
/// <param name="runner">Runs it.</param>
/// <param name="terms">The terms of the trial.</param>
/// <param name="head">The build that is fuzzed.</param>
/// <param name="work">Where inputs are kept.</param>
internal sealed class FuzzedInputs(ProgramCommand runner, ProgramTerms terms, BuiltProgram head, string work)
{
    /// <summary>The variable that names an input, from the folder of the run.</summary>
    public const string Variable = "INPUT";

    private const string Folder = ".inputs";
    private const string Found = "found";
    private const string Empty = "empty";
    private const int MostInputs = 256;
    private const long MostBytes = 1024 * 1024;

    /// <summary>Looks for inputs; gives the scenario that varies over them.</summary>
    /// <param name="scenario">A scenario with <see cref="ProgramScenario.Fuzz"/>.</param>
    /// <param name="time">How long the fuzzer may take.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<ProgramScenario> LookAsync(ProgramScenario scenario, TimeSpan time, CancellationToken cancel)
    {
        var parent = Directory.CreateDirectory(Path.Combine(work, scenario.Name + ".fuzz")).FullName;
        Directory.CreateDirectory(Path.Combine(parent, Found));
        var folder = ScratchFolder.Make(parent, scenario, Variation.Ordinary(scenario.Dimensions));
        const string script = ".fuzz.sh";
        File.Copy(scenario.Fuzz!, Path.Combine(parent, script));
        (string, string)[] variables =
        [
            ("RUN", ScenarioRuns.Run(terms, runner, head)), ("FOUND", $"{runner.ScratchAt(parent)}/{Found}"), ("FUZZ_SECONDS", Math.Max(1, (int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            .. scenario.Dimensions.Where(one => one.IsVariable).Select(one => (one.Name, one.Values[0])),
        ];
        // A fuzzer that ends by itself has time to write what it found; that it fails is how many say that they found something.
        var run = await runner.RunAsync(head.Folder, isBuild: false, parent, folder, ["/bin/sh", $"{runner.ScratchAt(parent)}/{script}"], variables, time + terms.Patience, cancel);
        var found = ScratchFolder.Left(parent, Found);
        var inputs = found is null ? [] : await KeptAsync(found, cancel);
        var refused = inputs.Length > 0 || run.Exit is null or 0 ? null : $"its fuzzer found no input: {OutputText.FirstDifference("", run.Error).To}";
        var files = Directory.CreateDirectory(Path.Combine(work, scenario.Name + ".files")).FullName;
        if (scenario.Files is { } given)
        {
            ScratchFolder.Copy(given, files);
        }

        var kept = Directory.CreateDirectory(Path.Combine(files, Folder)).FullName;
        await File.WriteAllBytesAsync(Path.Combine(kept, Empty), [], cancel);
        foreach (var input in inputs)
        {
            File.Copy(Path.Combine(found!, input), Path.Combine(kept, input));
        }

        ScratchFolder.Delete(parent);
        var values = inputs.Prepend(Empty).Select(name => $"{Folder}/{name}").ToImmutableArray();
        return scenario with { Files = files, Dimensions = [.. scenario.Dimensions.Where(one => one.Name != Variable), new Dimension(Variable, values)], Untestable = refused };
    }

    /// <summary>Files of a bounded size, and nothing else that what wrote them may have put there.</summary>
    private static async Task<ImmutableArray<string>> KeptAsync(string folder, CancellationToken cancel) =>
    [
        .. (await LeftFiles.ReadAsync(folder, DateTimeOffset.UnixEpoch, cancel))
            .Where(file => file.Value is { Kind: "f", Size: <= MostBytes } && file.Key is not Empty && !file.Key.Contains('/', StringComparison.Ordinal))
            .OrderBy(file => file.Value.Size).Take(MostInputs).Select(file => file.Key),
    ];
}
