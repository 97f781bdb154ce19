using System.Collections.Immutable;
using Airworthy.Model;

namespace Airworthy.Provenance.Hooks;

/// <summary>Airworthy's hooks in one folder of hooks. A hook that is there is kept beside and run first; taking Airworthy's away puts it back.</summary>
/// <param name="folder">The folder that git looks in.</param>
public sealed class HookSet(string folder)
{
    private const long LongestHook = 1 << 20;

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>What stands there now.</summary>
    /// <exception cref="HookException">The folder can't be read.</exception>
    public ImmutableArray<InstalledHook> Look() => Try(() => HookScript.All
        .Select(hook => new InstalledHook(hook.Name, StateOf(hook.Name, hook.Text), IsThere(Before(hook.Name))))
        .ToImmutableArray());

    /// <summary>Puts the hooks there; done again it changes nothing.</summary>
    /// <exception cref="HookException">A hook can't be put there without losing another, or the folder can't be written.</exception>
    public ImmutableArray<InstalledHook> Install() => Try(() =>
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in HookScript.All)
        {
            if (StateOf(name, text) == HookState.Replaced)
            {
                throw new HookException(
                    Fault.BadInput,
                    $"'{Place(name)}' was put over Airworthy's hook, and the one from before is '{Before(name)}'; keep what you need of both in the first, delete the second, and install again");
            }
        }

        foreach (var (name, text) in HookScript.All)
        {
            if (StateOf(name, text) == HookState.Absent && IsThere(Place(name)))
            {
                File.Move(Place(name), Before(name));
            }

            Write(Place(name), text);
        }

        return Look();
    });

    /// <summary>Takes the hooks away and puts back those that were there before.</summary>
    /// <exception cref="HookException">The folder can't be written.</exception>
    public ImmutableArray<InstalledHook> Uninstall() => Try(() =>
    {
        foreach (var (name, text) in HookScript.All)
        {
            var isOurs = StateOf(name, text) is HookState.Installed or HookState.Outdated;
            if (IsThere(Before(name)) && (isOurs || !IsThere(Place(name))))
            {
                File.Move(Before(name), Place(name), overwrite: true);
            }
            else if (isOurs)
            {
                File.Delete(Place(name));
            }
        }

        return Look();
    });

    private HookState StateOf(string name, string text)
    {
        var file = new FileInfo(Place(name));
        var there = file.Exists && file.Length <= LongestHook ? File.ReadAllText(file.FullName) : "";
        return there == text ? HookState.Installed
            : HookScript.IsOurs(there) ? HookState.Outdated
            : IsThere(Place(name)) && IsThere(Before(name)) ? HookState.Replaced
            : HookState.Absent;
    }

    // Renamed into its place: git may run a hook at any moment.
    private static void Write(string place, string text)
    {
        var fresh = $"{place}.{Guid.NewGuid():N}";
        File.WriteAllText(fresh, text);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(fresh, All);
        }

        File.Move(fresh, place, overwrite: true);
    }

    // Also a link to nowhere is somebody's.
    private static bool IsThere(string file) => File.Exists(file) || new FileInfo(file).LinkTarget is not null;

    private string Place(string name) => Path.Combine(folder, name);

    private string Before(string name) => Place(name) + HookScript.Before;

    private ImmutableArray<InstalledHook> Try(Func<ImmutableArray<InstalledHook>> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HookException(Fault.Unavailable, $"the hooks in '{folder}' can't be read or written: {e.Message}", e);
        }
    }
}
