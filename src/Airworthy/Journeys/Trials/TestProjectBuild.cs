using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.Trials.Building;
using Airworthy.Trials.Reporting;

namespace Airworthy.Journeys.Trials;

/// <summary>Builds a test project of one side with tests of ours in it; those that do not compile are taken out.</summary>
internal sealed class TestProjectBuild(SideBuild build, string top, ProjectTraits project)
{
    private const int MostBuilds = 4;

    /// <summary>Builds it; null when it does not build even without any, or too many of them do not compile.</summary>
    /// <param name="label">The side, as errors name it.</param>
    /// <param name="texts">The tests by their classes' names; those that do not compile are taken out.</param>
    /// <param name="refused">Told of each that is taken out, and why.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<SideSources?> RunAsync(string label, Dictionary<string, string> texts, Action<string, string> refused, CancellationToken cancel)
    {
        var at = Path.GetDirectoryName(Path.Combine(top, project.Path))!;
        for (var attempt = 0; attempt < MostBuilds; attempt++)
        {
            foreach (var (name, text) in texts)
            {
                await File.WriteAllTextAsync(Path.Combine(at, FileOf(name)), text, cancel);
            }

            try
            {
                return await build.BuildAsync(top, project, label, cancel);
            }
            catch (TrialException failed) when (failed.Fault == Fault.BadInput)
            {
                var wrong = texts.Keys.FirstOrDefault(name => failed.Message.Contains(FileOf(name), StringComparison.Ordinal));
                if (wrong is null)
                {
                    return null;
                }

                refused(wrong, failed.Message);
                texts.Remove(wrong);
                File.Delete(Path.Combine(at, FileOf(wrong)));
            }
        }

        return null;
    }

    private static string FileOf(string name) => $"{TestFile.Namespace}.{name}.cs";
}
