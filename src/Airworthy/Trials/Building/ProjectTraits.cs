using System.Collections.Immutable;
using System.Text.Json;

namespace Airworthy.Trials.Building;

/// <summary>What MSBuild says of a project.</summary>
/// <param name="Path">The project, from the checkout's top.</param>
/// <param name="Framework">The framework that is tried: the newest .NET that can run here, else .NET Standard.</param>
/// <param name="Frameworks">All it is for.</param>
/// <param name="Tests">The test framework it uses; null when it is no test project.</param>
/// <param name="UsesAspNetCore">True when it needs the shared framework of ASP.NET Core.</param>
/// <param name="References">The projects it refers to, absolute.</param>
public sealed record ProjectTraits(string Path, string Framework, ImmutableArray<string> Frameworks, TestFramework? Tests, bool UsesAspNetCore, ImmutableArray<string> References)
{
    /// <summary>True when it is for several frameworks.</summary>
    public bool IsMultiTargeted { get; init; } = Frameworks.Length > 1;

    /// <summary>True when its code can run in this process's runtime.</summary>
    private bool IsRunnable => Framework.StartsWith("netstandard", StringComparison.Ordinal) || (VersionOf(Framework) is { } version && version.Major <= Environment.Version.Major);

    /// <summary>Why its code can't run in this process's runtime; null when it can.</summary>
    internal string? Obstacle => IsRunnable ? null
        : Framework.Length == 0 ? "it names no TargetFramework, as projects of the .NET SDK do"
        : $"it is for {Framework}, which does not run here";

    /// <summary>Both sides for one framework: what either would be tried as, where the other is for it too, since code that hangs on the framework is then the same; else each as it is.</summary>
    internal static (ProjectTraits Base, ProjectTraits Head) Alike(ProjectTraits @base, ProjectTraits head) =>
        @base.Frameworks.Contains(head.Framework, StringComparer.Ordinal) ? (@base with { Framework = head.Framework }, head)
        : head.Frameworks.Contains(@base.Framework, StringComparer.Ordinal) ? (@base, head with { Framework = @base.Framework })
        : (@base, head);

    /// <summary>The same without the framework it would be tried as, for a machine that can't build that; null when it is for no other that runs here.</summary>
    internal ProjectTraits? WithoutFramework()
    {
        var others = Frameworks.Remove(Framework, StringComparer.Ordinal);
        return others.IsEmpty || this with { Framework = Best(others), Frameworks = others } is not { IsRunnable: true } other ? null : other;
    }

    internal static ProjectTraits Of(string path, JsonElement answer)
    {
        var properties = answer.GetProperty("Properties");
        var many = Text(properties, "TargetFrameworks").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        ImmutableArray<string> frameworks = many.Length > 0 ? [.. many] : [Text(properties, "TargetFramework")];
        var items = answer.GetProperty("Items");
        var packages = Identities(items, "PackageReference").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var isTest = string.Equals(Text(properties, "IsTestProject"), "true", StringComparison.OrdinalIgnoreCase) || packages.Contains("Microsoft.NET.Test.Sdk");
        return new ProjectTraits(
            path,
            Best(frameworks),
            frameworks,
            FrameworkOf(packages) is { } tests ? tests : isTest ? TestFramework.Xunit : null,
            Identities(items, "FrameworkReference").Contains("Microsoft.AspNetCore.App", StringComparer.Ordinal),
            [.. items.GetProperty("ProjectReference").EnumerateArray().Select(item => item.GetProperty("FullPath").GetString()!)]);
    }

    private static TestFramework? FrameworkOf(HashSet<string> packages) =>
        packages.Contains("NUnit") ? TestFramework.Nunit
        : packages.Any(package => package.StartsWith("MSTest", StringComparison.OrdinalIgnoreCase)) ? TestFramework.Mstest
        : packages.Any(package => package.StartsWith("xunit", StringComparison.OrdinalIgnoreCase) && !package.StartsWith("xunit.abstractions", StringComparison.OrdinalIgnoreCase)) ? TestFramework.Xunit
        : null;

    private static string Best(ImmutableArray<string> frameworks) => frameworks.Where(IsWithin).MaxBy(Rank) ?? frameworks.MaxBy(Rank)!;

    private static bool IsWithin(string framework) => VersionOf(framework) is { } version && version.Major <= Environment.Version.Major;

    /// <summary>.NET by its version, then .NET Standard by its, then .NET Framework.</summary>
    private static double Rank(string framework) =>
        VersionOf(framework) is { } version ? 1000 + version.Major
        : framework.StartsWith("netstandard", StringComparison.Ordinal) && Version.TryParse(framework["netstandard".Length..], out var standard) ? 100 + standard.Major + (standard.Minor / 10.0)
        : 0;

    private static Version? VersionOf(string framework) =>
        framework.StartsWith("netcoreapp", StringComparison.Ordinal) && Version.TryParse(framework["netcoreapp".Length..], out var old) ? old
        : framework is ['n', 'e', 't', >= '5' and <= '9' and var major] ? new Version(major - '0', 0)
        : framework.StartsWith("net", StringComparison.Ordinal) && framework.Contains('.', StringComparison.Ordinal) && Version.TryParse(framework[3..].Split('-')[0], out var version) && version.Major >= 5 ? version
        : null;

    private static IEnumerable<string> Identities(JsonElement items, string kind) => items.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);

    private static string Text(JsonElement properties, string name) => properties.GetProperty(name).GetString() ?? "";
}
