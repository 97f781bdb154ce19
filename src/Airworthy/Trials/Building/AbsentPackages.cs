using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Airworthy.Trials.Building;

/// <summary>Packages that no source at hand holds. Those that only development needs (analyzers, tools of the build: <c>PrivateAssets="all"</c>) a trial does without.</summary>
internal static partial class AbsentPackages
{
    /// <summary>Those a failed restore names.</summary>
    public static ImmutableArray<string> Of(TrialProcessEnd restore) =>
        [.. Missing().Matches(restore.Output + restore.Error).Select(match => match.Groups["name"].Value.TrimEnd('.')).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The settings of a build that does without them, where only development needs them.</summary>
    /// <param name="packages">The packages.</param>
    /// <param name="folder">Where a file of targets may be written.</param>
    public static string[] LeftOut(ImmutableArray<string> packages, string folder)
    {
        var file = Path.Combine(folder, "left-out.targets");
        var removals = packages.Select(package => $"      <PackageReference Remove=\"@(PackageReference->WithMetadataValue('Identity', '{package}')->WithMetadataValue('PrivateAssets', 'all'))\" />\n");
        // When they are asked for: Directory.Build.targets, which may name them, is read after this file.
        File.WriteAllText(file, $"<Project>\n  <Target Name=\"AirworthyTrialLeaveOut\" BeforeTargets=\"CollectPackageReferences\">\n    <ItemGroup>\n{string.Concat(removals)}    </ItemGroup>\n  </Target>\n</Project>\n");
        return [$"-p:CustomAfterMicrosoftCommonTargets={file}", $"-p:CustomAfterMicrosoftCommonCrossTargetingTargets={file}"];
    }

    [GeneratedRegex("error NU110[12]: Unable to find package (?<name>[A-Za-z0-9_.-]+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Missing();
}
