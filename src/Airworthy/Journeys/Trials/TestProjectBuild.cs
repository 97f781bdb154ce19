using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.Trials.Building;
using Airworthy.Trials.Reporting;

namespace Airworthy.Journeys.Trials;

/// <summary>Builds a test project of one side with tests of ours in it; those that do not compile are taken out.</summary>
internal sealed class TestProjectBuild(SideBuild build, string top, ProjectTraits project)
{
    private const int MostBuilds = 4;

    /// <summary>Builds it.</summary>
    /// <param name="label">The side, as errors name it.</param>
    /// <param name="texts">The tests by their classes' names; those that do not compile are taken out.</param>
    /// <param name="refused">Told of each that is taken out, and why.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="TrialException">It does not build even without any, or too many of them do not compile.</exception>
    public async Task<SideSources> RunAsync(string label, Dictionary<string, string> texts, Action<string, string> refused, CancellationToken cancel)
    {
        var at = Path.GetDirectoryName(Path.Combine(top, project.Path))!;
        // Of several frameworks one is built, and the project under trial is built already; a restore for that one alone would leave what it refers to without its own.
        var builtBefore = project.IsMultiTargeted;
        for (var attempt = 0; ; attempt++)
        {
            foreach (var (name, text) in texts)
            {
                await File.WriteAllTextAsync(Path.Combine(at, FileOf(name)), text, cancel);
            }

            try
            {
                return await build.BuildAsync(top, project, label, cancel, builtBefore);
            }
            catch (TrialException failed) when (failed.Fault == Fault.BadInput && attempt < MostBuilds)
            {
                if (texts.Keys.FirstOrDefault(name => failed.Message.Contains(FileOf(name), StringComparison.Ordinal)) is { } wrong)
                {
                    refused(wrong, failed.Message);
                    texts.Remove(wrong);
                    File.Delete(Path.Combine(at, FileOf(wrong)));
                }
                else if (builtBefore)
                {
                    builtBefore = false;
                }
                else
                {
                    throw;
                }
            }
        }
    }

    private static string FileOf(string name) => $"{TestFile.Namespace}.{name}.cs";
}
