namespace Airworthy.Trials.Programs;

/// <summary>Lays out the folder in which one run of a scenario begins, as its variation says.</summary>
internal static class ScratchFolder
{
    /// <summary>How large <c>files: large</c> makes a file, in bytes.</summary>
    private const int Large = 4 * 1024 * 1024;

    /// <summary>Where <c>files: linked</c> puts the files that are then linked to.</summary>
    private const string Aside = ".linked";

    /// <summary>Makes the folder below <paramref name="parent"/>; gives its name there, which the run takes as its working folder.</summary>
    /// <exception cref="TrialException">The scenario's files can't be copied.</exception>
    public static string Make(string parent, ProgramScenario scenario, Variation variation)
    {
        var form = variation.Of(Dimension.FolderName) ?? Dimension.FolderForms[0];
        var name = form switch { "spaces" => "a folder of its own", "unicode" => "ordner-ü-文", "linked" => "target", _ => "scratch" };
        var folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
        if (scenario.Files is { } files)
        {
            Copy(files, folder);
            Reshape(folder, variation.Of(Dimension.FilesName) ?? Dimension.FileForms[0]);
        }

        if (form != "linked")
        {
            return name;
        }

        Directory.CreateSymbolicLink(Path.Combine(parent, "scratch"), name);
        return "scratch";
    }

    /// <summary>Where a folder of a run really is after it; null where the run took it away, or put a link in its place that leads elsewhere.</summary>
    public static string? Left(string parent, string name)
    {
        var entry = new DirectoryInfo(Path.Combine(parent, name));
        var real = entry.LinkTarget is null ? entry : entry.ResolveLinkTarget(returnFinalTarget: true);
        return real is { Exists: true } && real.FullName.StartsWith(parent + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? real.FullName : null;
    }

    /// <summary>Deletes what a run left, also folders that it closed to itself.</summary>
    public static void Delete(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            Open(folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Open(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var inner in new DirectoryInfo(folder).EnumerateDirectories().Where(inner => inner.LinkTarget is null))
        {
            Open(inner.FullName);
        }
    }

    /// <summary>Copies what lies in a folder, links as links, with modes and times.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo)
            {
                Directory.CreateDirectory(target);
                Copy(entry.FullName, target);
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(target, entry.UnixFileMode);
                }

                Directory.SetLastWriteTimeUtc(target, entry.LastWriteTimeUtc);
            }
            else
            {
                File.Copy(entry.FullName, target);
                File.SetLastWriteTimeUtc(target, entry.LastWriteTimeUtc);
            }
        }
    }

    private static void Reshape(string folder, string form)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LinkTarget is null).ToList())
        {
            switch (form)
            {
                case "empty":
                    file.Open(FileMode.Truncate).Dispose();
                    break;
                case "large":
                    Grow(file);
                    break;
                case "linked":
                    var aside = Directory.CreateDirectory(Path.Combine(file.DirectoryName!, Aside));
                    var link = file.FullName;
                    file.MoveTo(Path.Combine(aside.FullName, file.Name));
                    File.CreateSymbolicLink(link, Path.Combine(Aside, file.Name));
                    break;
            }
        }
    }

    private static void Grow(FileInfo file)
    {
        var content = File.ReadAllBytes(file.FullName) is { Length: > 0 } bytes ? bytes : new byte[1];
        using var stream = file.Open(FileMode.Append);
        for (var length = file.Length; length < Large; length += content.Length)
        {
            stream.Write(content);
        }
    }
}
