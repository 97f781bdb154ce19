namespace Airworthy.Probes.Build.Choosing;

/// <summary>Turns the paths that a compiler wrote into symbols back into paths from the repository's top.</summary>
/// <param name="top">The repository's top; null when there is none.</param>
/// <param name="mapped">Folders, and what deterministic builds write for them: <c>/_/</c>.</param>
internal sealed class SourcePaths(string? top, IReadOnlyList<(string Folder, string Written)> mapped)
{
    private readonly string? _top = top is null ? null : WithSlash(top);

    /// <summary>From the top, with '/' between parts; as it was when it lies outside.</summary>
    public string Relative(string path)
    {
        var real = path;
        foreach (var (folder, written) in mapped)
        {
            if (written.Length > 0 && path.StartsWith(written, StringComparison.Ordinal))
            {
                real = WithSlash(folder) + path[written.Length..].TrimStart('/', '\\');
                break;
            }
        }

        real = real.Replace('\\', '/');
        if (_top is not null && real.StartsWith(_top, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
        {
            return real[_top.Length..];
        }

        return WithoutMappedTop(real);
    }

    /// <summary>Where the mapping itself is not known: a deterministic build's <c>/_/</c> or <c>/_1/</c> stands for a repository's top.</summary>
    private static string WithoutMappedTop(string path)
    {
        if (!path.StartsWith("/_", StringComparison.Ordinal))
        {
            return path;
        }

        var end = path.IndexOf('/', 2);
        return end > 0 && path.AsSpan(2, end - 2).IndexOfAnyExceptInRange('0', '9') < 0 ? path[(end + 1)..] : path;
    }

    private static string WithSlash(string folder) => folder.Replace('\\', '/').TrimEnd('/') + "/";
}
