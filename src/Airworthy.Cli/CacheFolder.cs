namespace Airworthy.Cli;

/// <summary>
/// Where the command keeps what it can always find again: the folder that AIRWORTHY_CACHE names, else <c>airworthy</c> in the user's cache folder
/// (https://specifications.freedesktop.org/basedir-spec). Never inside a repository: what lies there a stranger may have written.
/// </summary>
internal static class CacheFolder
{
    /// <summary>The folder for line history; null when AIRWORTHY_CACHE is <c>off</c>, or the user has no folder.</summary>
    public static string? LineHistory() => Of("line-history");

    /// <summary>The folder for bisections that are under way; null as with line history.</summary>
    public static string? Bisections() => Of("bisect");

    /// <summary>The folder for revisions that a trial built; null as above.</summary>
    public static string? Builds() => Of("builds");

    private static string? Of(string kind)
    {
        var chosen = Environment.GetEnvironmentVariable("AIRWORTHY_CACHE");
        if (chosen == "off")
        {
            return null;
        }

        var folder = string.IsNullOrEmpty(chosen) ? Users() is { } users ? Path.Combine(users, "airworthy") : null : chosen;
        return folder is not null && Path.IsPathFullyQualified(folder) ? Path.Combine(folder, kind) : null;
    }

    private static string? Users()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg)
        {
            return xdg;
        }

        return OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache") : null;
    }
}
