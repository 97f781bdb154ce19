using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.Trials.Mutation;
using Airworthy.Trials.Reporting;
using Airworthy.Trials.Running;

namespace Airworthy.Journeys.Trials;

/// <summary>
/// Proves the tests of gaps before they are told of: builds them in the project's own test project, and runs them as the project's tests were run. Those are kept over which a mutant fails;
/// one test may close several gaps.
/// </summary>
internal sealed class GapProof(TrialSides sides, MutationRun run, BuiltProject project, TrialPlan plan, TrialTerms terms)
{
    private const int MostTests = 20;
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(1);

    public async Task<ImmutableArray<JudgedMutant>> WriteAsync(ImmutableArray<JudgedMutant> mutants, string folder, CancellationToken cancel)
    {
        var fates = new Dictionary<int, string>();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var gaps = mutants.Where(mutant => mutant is { IsGap: true, Shown.Test: not null }).Take(MostTests).ToList();
        foreach (var path in project.TestProjects.Take(1))
        {
            var framework = (await sides.ReadTestsAsync(path, cancel)).Tests ?? Airworthy.Trials.Building.TestFramework.Xunit;
            foreach (var gap in gaps)
            {
                texts[Name(gap)] = TestFile.Write(gap.Shown!.Test!, framework, Name(gap), $"airworthy trial: no test notices {gap.Mutant.Path}:{gap.Mutant.Start.Line.ToString(CultureInfo.InvariantCulture)} with '{gap.Mutant.Replacement}' instead of '{gap.Mutant.Original}'");
            }

            BuiltTests built;
            try
            {
                built = await sides.BuildTestsAsync(path, cancel, texts, (name, why) => fates[gaps.Find(gap => Name(gap) == name)!.Mutant.Id] = "its test does not compile: " + why);
            }
            catch (TrialException failed) when (failed.Fault == Fault.BadInput)
            {
                gaps.ForEach(gap => fates[gap.Mutant.Id] = failed.Message);
                continue;
            }

            var (_, judged) = await run.TestAsync(plan, built.Assembly, [.. gaps.Select(gap => gap.Mutant.Id)], TestFile.Namespace + ".", terms, s_most, cancel);
            Directory.CreateDirectory(folder);
            foreach (var gap in gaps.Where(gap => !fates.ContainsKey(gap.Mutant.Id)))
            {
                if (judged.GetValueOrDefault(gap.Mutant.Id)?.By is { } by && by.Split('.') is [_, var name, ..] && texts.TryGetValue(name, out var text))
                {
                    var file = Path.Combine(folder, name + ".cs");
                    await File.WriteAllTextAsync(file, text, cancel);
                    fates[gap.Mutant.Id] = file;
                }
                else
                {
                    fates[gap.Mutant.Id] = "its test, as it was written, does not notice";
                }
            }
        }

        return [.. mutants.Select(mutant => mutant.IsGap ? mutant with { Written = fates.GetValueOrDefault(mutant.Mutant.Id) ?? mutant.Shown!.NoTest ?? "not among the first that are written" } : mutant)];
    }

    private static string Name(JudgedMutant mutant) => $"{mutant.Shown!.Test!.Name}_mutant{mutant.Mutant.Id.ToString(CultureInfo.InvariantCulture)}";
}
