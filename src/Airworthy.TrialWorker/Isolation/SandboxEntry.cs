using System.ComponentModel;
using System.Text.Json;
using Airworthy.Trials;

namespace Airworthy.TrialWorker.Isolation;

/// <summary>
/// The first process inside the namespaces that <see cref="Sandbox"/> asked for: makes everything read-only but what the rules name, hides what they
/// hide, and becomes the program.
/// </summary>
internal static class SandboxEntry
{
    /// <summary>The sandbox could not be made; no program exits so by itself.</summary>
    public const int Refused = Sandbox.RefusedExit;

    /// <param name="arguments">The rules as JSON, the program, its arguments.</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var rules = JsonSerializer.Deserialize<SandboxRules>(arguments[0])!;
        try
        {
            Enclose(rules);
            Environment.CurrentDirectory = rules.Folder;
            LinuxMounts.Become(arguments[1], [.. arguments.Skip(2)]);
        }
        catch (Exception failed) when (failed is Win32Exception or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(failed.Message);
        }

        return Refused;
    }

    private static void Enclose(SandboxRules rules)
    {
        LinuxMounts.MakePrivate();
        // Handles first: what is hidden next may hold what stays visible.
        var written = rules.Writable.Select(path => (Path: path, Tree: LinuxMounts.Keep(path))).ToList();
        LinuxMounts.MakeReadOnly("/");
        var kept = rules.Visible.Where(path => Path.Exists(path)).Select(path => (Path: path, Tree: LinuxMounts.Keep(path))).ToList();
        foreach (var hidden in rules.Hidden.Where(Directory.Exists))
        {
            LinuxMounts.Empty(hidden);
        }

        foreach (var (path, tree) in kept.Concat(written).OrderBy(one => one.Path.Length))
        {
            if (File.Exists(path) || Directory.Exists(path))
            {
                LinuxMounts.Place(tree, path);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (rules.VisibleFiles.Contains(path, StringComparer.Ordinal))
            {
                File.WriteAllBytes(path, []);
            }
            else
            {
                Directory.CreateDirectory(path);
            }

            LinuxMounts.Place(tree, path);
        }

        if (rules.OwnProcesses)
        {
            LinuxMounts.Processes();
        }

        if (!rules.Network)
        {
            LinuxMounts.LoopbackUp();
        }
    }
}
