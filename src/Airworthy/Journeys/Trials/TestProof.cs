using System.Collections.Immutable;
using System.Globalization;
using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.Trials.Building;
using Airworthy.Trials.Reporting;

namespace Airworthy.Journeys.Trials;

/// <summary>
/// Proves tests before they are told of: writes them into the project's own test project on both sides, builds it, and runs them. Only one that passes at the base and fails
/// at the head is given out.
/// </summary>
internal sealed class TestProof(SideBuild build, string baseTop, string headTop, ProjectTraits project)
{
    private const int MostTests = 20;

    /// <summary>Writes what is proven into a folder; null when the test project does not build on both sides even without any.</summary>
    public async Task<ImmutableArray<RankedFinding>?> ProveAsync(ImmutableArray<RankedFinding> findings, string folder, CancellationToken cancel)
    {
        var files = new Dictionary<string, (RankedFinding Finding, string Text)>(StringComparer.Ordinal);
        foreach (var finding in findings.Where(finding => finding.Difference is { Test: not null, Written: null }).Take(MostTests))
        {
            var name = $"{finding.Difference.Test!.Name}_{finding.Rank.ToString(CultureInfo.InvariantCulture)}";
            files[name] = (finding, TestFile.Write(finding.Difference.Test, project.Tests ?? TestFramework.Xunit, name, $"airworthy trial: {finding.Unit.Name}: base {finding.Difference.Base}; head {finding.Difference.Head}"));
        }

        var fates = new Dictionary<int, string>();
        if (await RunAsync(baseTop, "base-tests", files, fates, cancel) is not { } atBase || await RunAsync(headTop, "head-tests", files, fates, cancel) is not { } atHead)
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        foreach (var (name, (finding, text)) in files)
        {
            if (!atBase.TryGetValue(name, out var passes) || !passes)
            {
                fates[finding.Rank] = "its test does not pass at the base";
            }
            else if (!atHead.TryGetValue(name, out var stillPasses) || stillPasses)
            {
                fates[finding.Rank] = "its test does not fail at the head";
            }
            else
            {
                var path = Path.Combine(folder, name + ".cs");
                await File.WriteAllTextAsync(path, text, cancel);
                fates[finding.Rank] = path;
            }
        }

        return [.. findings.Select(finding => finding with { Test = finding.Difference.Written ?? fates.GetValueOrDefault(finding.Rank) ?? finding.Difference.NoTest ?? "not among the first that are written" })];
    }

    /// <summary>Builds the test project of one side with the tests in it, and runs them.</summary>
    private async Task<Dictionary<string, bool>?> RunAsync(string top, string label, Dictionary<string, (RankedFinding Finding, string Text)> files, Dictionary<int, string> fates, CancellationToken cancel)
    {
        var texts = files.ToDictionary(file => file.Key, file => file.Value.Text, StringComparer.Ordinal);
        try
        {
            var built = await new TestProjectBuild(build, top, project).RunAsync(
                label,
                texts,
                (name, why) =>
                {
                    fates[files[name].Finding.Rank] = "its test does not compile: " + why;
                    files.Remove(name);
                },
                cancel);
            return await build.ProveAsync(built.Assembly, [.. files.Keys], cancel);
        }
        catch (TrialException failed) when (failed.Fault == Fault.BadInput)
        {
            return null;
        }
    }
}
