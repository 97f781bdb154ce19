using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Airworthy.Model;

namespace Airworthy.Probes;

/// <summary>Finds the report that a build left of an assembly, or those of a project.</summary>
public static class ProbeReports
{
    /// <summary>An assembly lies in <c>bin/Release/net10.0/linux-x64/publish</c> at the deepest, and its reports in the project's <c>obj</c>.</summary>
    private const int FoldersAbove = 6;

    private static readonly EnumerationOptions s_below = new() { RecurseSubdirectories = true, MaxRecursionDepth = 6 };

    /// <summary>The reports of what <paramref name="path"/> names: one for an assembly; for a project the newest of each of its assemblies.</summary>
    /// <param name="path">An assembly, a project file or a project's folder.</param>
    /// <exception cref="ProbeException">There is none, or it speaks of another build.</exception>
    public static ImmutableArray<ProbeReport> Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path))
        {
            return OfProject(path, "*" + ProbeReport.Suffix, path);
        }

        if (!File.Exists(path))
        {
            throw new ProbeException(Fault.Usage, $"'{path}' is neither an assembly nor a project");
        }

        return path.EndsWith("proj", StringComparison.OrdinalIgnoreCase)
            ? OfProject(Path.GetDirectoryName(Path.GetFullPath(path))!, "*" + ProbeReport.Suffix, path)
            : [OfAssembly(path)];
    }

    private static ImmutableArray<ProbeReport> OfProject(string folder, string pattern, string asked)
    {
        var reports = Files(folder, pattern)
            .GroupBy(file => file.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => ProbeReportJson.Read(group.MaxBy(file => file.LastWriteTimeUtc)!.FullName))
            .ToImmutableArray();
        return reports.IsEmpty ? throw Missing(asked) : reports;
    }

    private static ProbeReport OfAssembly(string path)
    {
        var module = ModuleOf(path);
        var name = Path.GetFileNameWithoutExtension(path) + ProbeReport.Suffix;
        var isAny = false;
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        for (var above = 0; folder is not null && above < FoldersAbove; above++, folder = Path.GetDirectoryName(folder))
        {
            foreach (var file in Files(folder, name))
            {
                isAny = true;
                if (ProbeReportJson.Read(file.FullName) is var report && report.ModuleId == module)
                {
                    return report;
                }
            }
        }

        throw isAny ? new ProbeException(Fault.BadInput, $"the reports of probes near '{path}' are of other builds of it; build it again") : Missing(path);
    }

    private static IEnumerable<FileInfo> Files(string folder, string pattern)
    {
        var built = new DirectoryInfo(Path.Combine(folder, "obj"));
        return built.Exists ? built.EnumerateFiles(pattern, s_below) : [];
    }

    private static Guid ModuleOf(string path)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(path));
            var metadata = image.GetMetadataReader();
            return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
        }
        catch (Exception damaged) when (damaged is BadImageFormatException or InvalidOperationException)
        {
            throw new ProbeException(Fault.BadInput, $"'{path}' is not a .NET assembly", damaged);
        }
    }

    private static ProbeException Missing(string path) => new(
        Fault.Unavailable, $"no report of probes is there for '{path}'; reference Airworthy.Probes and build with -c Release");
}
