using System.Collections.Immutable;

namespace Airworthy.Trials.Programs;

/// <summary>Runs one scenario on both builds, each variation in a folder of its own, and compares.</summary>
internal sealed class ScenarioRuns(ProgramScenario scenario, BuiltProgram from, BuiltProgram to, ProgramTerms terms, ProgramCommand runner, string work)
{
    private const int NotExecutable = 126;
    private const int NotFound = 127;

    private readonly Lock _lock = new();
    private readonly List<ProgramFinding> _found = [];
    private int _tried;
    private int _noisy;
    private string? _ordinary;
    private string? _untestable = scenario.Untestable;

    public ProgramScenario Scenario => scenario;

    public ScenarioResult Result
    {
        get
        {
            lock (_lock)
            {
                return new ScenarioResult(scenario, _tried, _noisy, _ordinary, _untestable, Distinct());
            }
        }
    }

    /// <summary>Whether it is of any use to try more of it.</summary>
    public bool IsTestable => _untestable is null;

    /// <summary>Tries one variation; what differs is told with as few unusual values as show it.</summary>
    public async Task TryAsync(Variation variation, CancellationToken cancel)
    {
        var (differences, isUnstable) = await CompareAsync(variation, cancel);
        lock (_lock)
        {
            _tried++;
            _noisy += isUnstable ? 1 : 0;
        }

        if (Unexplained(variation, differences) is not { IsEmpty: false } left)
        {
            return;
        }

        var (least, shown) = await ShrinkAsync(variation, left, cancel);
        lock (_lock)
        {
            _found.Add(new ProgramFinding(scenario.Name, least, shown, 1));
        }
    }

    /// <summary>The arguments of a scenario with the values of a variation.</summary>
    public static IEnumerable<string> Words(ProgramScenario scenario, Variation variation) => scenario.Arguments.SelectMany(argument => Expanded(argument, variation));

    /// <summary>The program's command where it runs: what begins with <c>./</c> is below the built revision's top.</summary>
    public static string Run(ProgramTerms terms, ProgramCommand runner, BuiltProgram program) =>
        terms.Run.StartsWith("./", StringComparison.Ordinal) ? runner.ProgramAt(program.Folder) + terms.Run[1..] : terms.Run;

    private async Task<(ImmutableArray<ProgramDifference> Differences, bool IsUnstable)> CompareAsync(Variation variation, CancellationToken cancel)
    {
        var (old, now) = (await RunAsync(from, variation, cancel), await RunAsync(to, variation, cancel));
        if (old.Exit is NotExecutable or NotFound && now.Exit == old.Exit && variation.Distance == 0 && !scenario.IsScript)
        {
            _untestable = $"the command '{terms.Run}' can't be run: {OutputText.FirstDifference("", old.Error).To}";
            return ([], false);
        }

        if (variation.Distance == 0 && old.Exit != 0)
        {
            _ordinary = OutcomeComparison.End(old);
        }

        if (OutcomeComparison.IsSame(old, now))
        {
            return ([], false);
        }

        return OutcomeComparison.Of((old, await RunAsync(from, variation, cancel)), (now, await RunAsync(to, variation, cancel)));
    }

    /// <summary>What no finding tells yet whose unusual values are all among these.</summary>
    private ImmutableArray<ProgramDifference> Unexplained(Variation variation, ImmutableArray<ProgramDifference> differences)
    {
        lock (_lock)
        {
            var left = differences;
            for (var at = 0; at < _found.Count && !left.IsEmpty; at++)
            {
                if (_found[at].Variation.IsPartOf(variation))
                {
                    var known = _found[at].Differences.Select(difference => difference.Key).ToHashSet(StringComparer.Ordinal);
                    var rest = left.RemoveAll(difference => known.Contains(difference.Key));
                    _found[at] = rest.Length < left.Length ? _found[at] with { Seen = _found[at].Seen + 1 } : _found[at];
                    left = rest;
                }
            }

            return left;
        }
    }

    private async Task<(Variation Least, ImmutableArray<ProgramDifference> Shown)> ShrinkAsync(
        Variation variation, ImmutableArray<ProgramDifference> differences, CancellationToken cancel)
    {
        var (least, shown) = (variation, differences);
        for (var at = 0; at < variation.Choice.Length; at++)
        {
            if (least.Choice[at] != 0 && !cancel.IsCancellationRequested)
            {
                var simpler = least.With(at, 0);
                var left = Unexplained(simpler, (await CompareAsync(simpler, cancel)).Differences);
                if (left.Any(difference => difference.Kind == differences[0].Kind && difference.Subject == differences[0].Subject))
                {
                    (least, shown) = (simpler, left);
                }
            }
        }

        return (least, shown);
    }

    /// <summary>Findings that runs at the same time made twice are one.</summary>
    private ImmutableArray<ProgramFinding> Distinct()
    {
        var kept = new List<ProgramFinding>();
        foreach (var finding in _found.OrderBy(finding => finding.Variation.Distance))
        {
            var at = kept.FindIndex(other => other.Variation.IsPartOf(finding.Variation) && finding.Differences.All(difference => other.Differences.Any(known => known.Key == difference.Key)));
            if (at < 0)
            {
                kept.Add(finding);
            }
            else
            {
                kept[at] = kept[at] with { Seen = kept[at].Seen + finding.Seen };
            }
        }

        return [.. kept];
    }

    private async Task<ProgramOutcome> RunAsync(BuiltProgram program, Variation variation, CancellationToken cancel)
    {
        var parent = Directory.CreateDirectory(Path.Combine(work, Guid.NewGuid().ToString("N"))).FullName;
        try
        {
            var folder = ScratchFolder.Make(parent, scenario, variation);
            var began = TimeProvider.System.GetUtcNow();
            var run = await runner.RunAsync(
                program.Folder, isBuild: false, parent, folder, Command(parent, variation), Variables(program, variation), terms.Patience, cancel);
            // The folder's name is the variation's, not the program's: the same complaint is the same wherever it ran.
            var place = $"{runner.ScratchAt(parent)}/{folder}";
            return new ProgramOutcome(
                run.Exit,
                run.Output.Replace(place, "$PWD", StringComparison.Ordinal),
                run.Error.Replace(place, "$PWD", StringComparison.Ordinal),
                ScratchFolder.Left(parent, folder) is { } left ? await LeftFiles.ReadAsync(left, began, cancel) : ImmutableSortedDictionary<string, LeftFile>.Empty,
                run.Processor,
                run.Memory);
        }
        finally
        {
            ScratchFolder.Delete(parent);
        }
    }

    /// <summary>A script is read by a shell; arguments go to the program as they are, but for the variables that a shell puts in.</summary>
    private IReadOnlyList<string> Command(string parent, Variation variation)
    {
        if (!scenario.IsScript)
        {
            return ["/bin/sh", "-c", "$RUN \"$@\"", "run", .. Words(scenario, variation)];
        }

        const string name = ".scenario.sh";
        File.Copy(scenario.File, Path.Combine(parent, name), overwrite: true);
        return ["/bin/sh", $"{runner.ScratchAt(parent)}/{name}"];
    }

    private IEnumerable<(string Name, string Value)> Variables(BuiltProgram program, Variation variation) =>
        variation.Values.Where(pair => pair.Dimension.IsVariable).Select(pair => (pair.Dimension.Name, pair.Value))
            .Append(("RUN", Run(terms, runner, program)));

    /// <summary>An argument that is one variable alone becomes its words, none when it is empty; within an argument a variable is its value.</summary>
    private static IEnumerable<string> Expanded(string argument, Variation variation)
    {
        var variables = variation.Values.Where(pair => pair.Dimension.IsVariable).ToList();
        if (variables.Find(pair => argument == "$" + pair.Dimension.Name) is { Dimension: not null } whole)
        {
            return whole.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        // The longest name first: $FLAGS is not $FLAG and an S.
        return [variables.OrderByDescending(pair => pair.Dimension.Name.Length).Aggregate(argument, (text, pair) => text.Replace("$" + pair.Dimension.Name, pair.Value, StringComparison.Ordinal))];
    }
}
