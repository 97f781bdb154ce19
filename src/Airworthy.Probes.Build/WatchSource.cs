using Airworthy.Git;
using Airworthy.Model;
using Airworthy.Probes.Build.Choosing;

namespace Airworthy.Probes.Build;

/// <summary>
/// Finds out which lines a build watches: by the manifest it names, else the one its repository carries, else by the repository's own history,
/// read once for each commit and kept.
/// </summary>
internal static class WatchSource
{
    private const int NamedInWarning = 3;

    /// <summary>Null when neither a manifest nor a repository is there: the build was told so.</summary>
    public static async Task<IWatch?> FindAsync(WeaveRequest request, TextWriter output, CancellationToken cancel)
    {
        if (request.Manifest is { } named)
        {
            var path = Path.GetFullPath(Path.Combine(request.Project, named));
            return File.Exists(path)
                ? Watch(Read(path), request, FolderOf(path))
                : throw new ProbeException(Fault.Usage, $"AirworthyProbesManifest names '{named}', which is not there; make it with 'airworthy probes manifest --out {named}'");
        }

        if (request.IsEveryMethod)
        {
            return new AllSources(request.Revision, new SourcePaths(TopOf(request.Project, ".git"), request.Mapped));
        }

        if (TopOf(request.Project, ProbeManifestJson.FileName) is { } carried)
        {
            return Watch(Read(Path.Combine(carried, ProbeManifestJson.FileName)), request, carried);
        }

        if (TopOf(request.Project, ".git") is { } top)
        {
            return Watch(await ComputeAsync(top, output, cancel), request, top);
        }

        Diagnostics.Warning(
            output, "AWP001",
            "no probes are woven: who wrote the code can't be told without a git repository or a manifest; run 'airworthy probes manifest' where the repository is and build with its .airworthy/probes.json, or set AirworthyProbes=off");
        return null;
    }

    /// <summary>Tells of files that are not as the manifest knows them.</summary>
    public static void TellChanged(IWatch watch, TextWriter output)
    {
        if (watch is ManifestWatch { Changed.Count: > 0 } manifest)
        {
            var names = string.Join(", ", manifest.Changed.Take(NamedInWarning)) + (manifest.Changed.Count > NamedInWarning ? "…" : "");
            output.WriteLine($"Airworthy.Probes: {manifest.Changed.Count} files are not as at {manifest.Revision}, all of their methods carry probes: {names}");
        }
    }

    private static ManifestWatch Watch(ProbeManifest manifest, WeaveRequest request, string? top) =>
        new(manifest, new SourcePaths(TopOf(request.Project, ".git") ?? top, request.Mapped));

    private static ProbeManifest Read(string path)
    {
        using var file = File.OpenRead(path);
        return ProbeManifestJson.Read(file, path);
    }

    private static async Task<ProbeManifest> ComputeAsync(string top, TextWriter output, CancellationToken cancel)
    {
        await using var repository = await GitRepository.OpenAsync(top, cancel, ManifestCache.LineHistory, keepsDatabases: false);
        var head = await repository.ResolveAsync("HEAD", cancel);
        if (repository.IsShallow)
        {
            Diagnostics.Warning(output, "AWP005", $"lines older than the clone count as of unknown authorship, and carry probes: {GitRepository.Deepen}");
        }

        return await ManifestCache.GetAsync(repository, head, cancel);
    }

    /// <summary>The nearest folder at or above <paramref name="folder"/> that holds <paramref name="name"/>.</summary>
    private static string? TopOf(string folder, string name)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, name)))
            {
                return at.FullName;
            }
        }

        return null;
    }

    private static string? FolderOf(string manifest) =>
        Path.GetDirectoryName(manifest) is { } folder && Path.GetFileName(folder) == ".airworthy" ? Path.GetDirectoryName(folder) : null;
}
