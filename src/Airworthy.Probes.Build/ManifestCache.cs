using System.Security.Cryptography;
using System.Text;
using Airworthy.Git;
using Airworthy.Journeys;
using Airworthy.Model;

namespace Airworthy.Probes.Build;

/// <summary>
/// Manifests that builds computed, one a repository and commit: the projects of a solution are built at once, and history is read for the first
/// of them alone. Kept in the user's cache folder, never in the repository.
/// </summary>
internal static class ManifestCache
{
    private const int MostKept = 64;

    /// <summary>A manifest depends on the form of its file and on how authorship is read: each build of Airworthy keeps its own.</summary>
    private static readonly string s_build = typeof(ProbeManifestJourney).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    /// <summary>Where line history is kept, as the command keeps it; null when nothing is to be kept.</summary>
    public static string? LineHistory => Folder("line-history");

    public static async Task<ProbeManifest> GetAsync(GitRepository repository, CommitId revision, CancellationToken cancel)
    {
        if (Folder("probes") is not { } folder || !CanWrite(folder))
        {
            return await ProbeManifestJourney.RunAsync(repository, revision, cancel);
        }

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(repository.Directory)))[..16];
        var path = Path.Combine(folder, $"{name}-{s_build}-{revision.Hex}.json");
        await using (await LockAsync(Path.Combine(folder, name + ".lock"), cancel))
        {
            if (TryRead(path) is { } known)
            {
                return known;
            }

            var manifest = await ProbeManifestJourney.RunAsync(repository, revision, cancel);
            var beside = path + ".new";
            await using (var file = File.Create(beside))
            {
                ProbeManifestJson.Write(manifest, file);
            }

            File.Move(beside, path, overwrite: true);
            Forget(folder);
            return manifest;
        }
    }

    /// <summary>In a container the user's folder may be closed, or on a disk that is: history is read each time then.</summary>
    private static bool CanWrite(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var trial = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(trial, []);
            File.Delete(trial);
            return true;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Null when there is none, or one that a stopped machine left damaged.</summary>
    private static ProbeManifest? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(path);
            return ProbeManifestJson.Read(file, path);
        }
        catch (ProbeException)
        {
            File.Delete(path);
            return null;
        }
    }

    private static void Forget(string folder)
    {
        foreach (var old in new DirectoryInfo(folder).EnumerateFiles("*.json").OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostKept))
        {
            old.Delete();
        }
    }

    /// <summary>Held while one process reads history; the others wait for what it finds.</summary>
    private static async Task<FileStream> LockAsync(string path, CancellationToken cancel)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await again.WaitForNextTickAsync(cancel);
            }
        }
    }

    private static string? Folder(string name)
    {
        var chosen = Environment.GetEnvironmentVariable("AIRWORTHY_CACHE");
        if (chosen == "off")
        {
            return null;
        }

        var folder = string.IsNullOrEmpty(chosen) ? UsersFolder() is { } users ? Path.Combine(users, "airworthy") : null : chosen;
        return folder is not null && Path.IsPathFullyQualified(folder) ? Path.Combine(folder, name) : null;
    }

    private static string? UsersFolder() =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache")
            : null;
}
