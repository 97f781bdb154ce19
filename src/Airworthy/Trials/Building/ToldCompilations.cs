namespace Airworthy.Trials.Building;

/// <summary>What a build tells of each C# project it compiled, those that the project asked for refers to among them: where its assembly lies, and what the compiler was given.</summary>
internal static class ToldCompilations
{
    private const string Targets = """
        <Project>
          <Target Name="AirworthyTrialTell" AfterTargets="CoreCompile" Condition="'@(CscCommandLineArgs)' != ''">
            <WriteLinesToFile File="$(AirworthyTrialTold)/$([MSBuild]::StableStringHash('$(MSBuildProjectFullPath)|$(TargetFramework)'))" Lines="$(MSBuildProjectFullPath);$(TargetFramework);$(TargetPath);$(IntermediateOutputPath);@(CscCommandLineArgs)" Overwrite="true" />
          </Target>
        </Project>
        """;

    /// <summary>The settings of a build that tells.</summary>
    /// <param name="work">The trial's own folder.</param>
    /// <param name="folder">Where it tells, made here.</param>
    public static string[] Settings(string work, string folder)
    {
        var file = Path.Combine(work, "told.targets");
        File.WriteAllText(file, Targets);
        Directory.CreateDirectory(folder);
        return [$"-p:CustomAfterMicrosoftCSharpTargets={file}", $"-p:AirworthyTrialTold={folder}", "-p:ProvideCommandLineArgs=true"];
    }

    /// <summary>A project as it was compiled; null when no build told of it.</summary>
    /// <param name="folder">Where builds told.</param>
    /// <param name="top">The checkout.</param>
    /// <param name="project">The project, from the checkout's top.</param>
    /// <param name="framework">The framework it was compiled for.</param>
    /// <param name="output">Where an instrumented copy is to go.</param>
    public static SideSources? Of(string folder, string top, string project, string framework, string output)
    {
        var file = Path.Combine(top, project);
        foreach (var told in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        {
            if (File.ReadAllLines(told) is [var path, var compiled, var assembly, var intermediate, .. var line] && path == file && compiled == framework)
            {
                var at = Path.GetDirectoryName(file)!;
                return new SideSources(top, at, [.. line], Path.Combine(at, intermediate, "generated"), assembly, output);
            }
        }

        return null;
    }
}
