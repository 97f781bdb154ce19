using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Airworthy.TrialWorker.Isolation;

/// <summary>The mount calls of Linux that a sandbox needs; those newer than the C library go by number, which is the same on every architecture.</summary>
internal static unsafe partial class LinuxMounts
{
    private const nint OpenTree = 428;
    private const nint MoveMount = 429;
    private const nint MountSetattr = 442;
    private const nint CurrentFolder = -100;
    private const ulong Private = 1 << 18;
    private const ulong Recursive = 1 << 14;
    private const ulong NoSuid = 2;
    private const ulong NoDevices = 4;
    private const uint CloneTree = 1;
    private const uint CloseOnExec = 0x80000;
    private const uint WholeTree = 0x8000;
    private const uint EmptyFromPath = 4;

    /// <summary>What is mounted from now on is seen by nobody else.</summary>
    public static void MakePrivate() => Check(Mount("none", "/", null, Recursive | Private, null), "mounts can't be made private");

    /// <summary>A handle on what is mounted at a path now, as it is now.</summary>
    public static int Keep(string path)
    {
        fixed (byte* name = Bytes(path))
        {
            var tree = Call(OpenTree, CurrentFolder, (nint)name, (nint)(CloneTree | CloseOnExec | WholeTree), 0, 0, 0);
            Check((int)tree, $"'{path}' can't be kept");
            return (int)tree;
        }
    }

    /// <summary>Mounts at a path what was kept.</summary>
    public static void Place(int tree, string path)
    {
        fixed (byte* nothing = Bytes(""), name = Bytes(path))
        {
            Check((int)Call(MoveMount, tree, (nint)nothing, CurrentFolder, (nint)name, (nint)EmptyFromPath, 0), $"'{path}' can't be placed");
        }
    }

    /// <summary>Makes everything at and below a path read-only.</summary>
    public static void MakeReadOnly(string path)
    {
        // struct mount_attr: what to set (read-only), what to clear, the propagation, a user namespace.
        var attributes = stackalloc ulong[4] { 1, 0, 0, 0 };
        fixed (byte* name = Bytes(path))
        {
            Check((int)Call(MountSetattr, CurrentFolder, (nint)name, (nint)WholeTree, (nint)attributes, 4 * sizeof(ulong), 0), $"'{path}' can't be made read-only");
        }
    }

    /// <summary>An empty folder in memory at a path.</summary>
    public static void Empty(string path) => Check(Mount("tmpfs", path, "tmpfs", NoSuid | NoDevices, "size=1g"), $"'{path}' can't be hidden");

    /// <summary>The processes of the namespace, and no others.</summary>
    public static void Processes() => Check(Mount("proc", "/proc", "proc", NoSuid | NoDevices, null), "/proc can't be mounted");

    /// <summary>Takes the place of this process; returns only by failing.</summary>
    public static void Become(string program, IReadOnlyList<string> arguments)
    {
        var pointers = new nint[arguments.Count + 2];
        pointers[0] = Marshal.StringToCoTaskMemUTF8(program);
        for (var i = 0; i < arguments.Count; i++)
        {
            pointers[i + 1] = Marshal.StringToCoTaskMemUTF8(arguments[i]);
        }

        fixed (nint* all = pointers)
        {
            _ = Execute(program, all);
        }

        Check(-1, $"'{program}' can't be run");
    }

    /// <summary>Switches the loopback interface on: test platforms talk to themselves over it.</summary>
    public static void LoopbackUp()
    {
        var socket = Socket(2, 2, 0);
        // struct ifreq: a name of 16 bytes, then the flags (IFF_UP | IFF_RUNNING).
        var request = stackalloc byte[40];
        new Span<byte>(request, 40).Clear();
        "lo"u8.CopyTo(new Span<byte>(request, 16));
        *(short*)(request + 16) = 0x41;
        _ = Control(socket, 0x8914, request);
    }

    private static byte[] Bytes(string text) => [.. System.Text.Encoding.UTF8.GetBytes(text), 0];

    private static void Check(int result, string doing)
    {
        if (result < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{doing}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Mount(string source, string target, string? type, ulong flags, string? options);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Call(nint number, nint one, nint two, nint three, nint four, nint five, nint six);

    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string program, nint* arguments);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int socket, nint request, byte* argument);
}
