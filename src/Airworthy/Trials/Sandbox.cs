using System.Diagnostics;
using Airworthy.Model;

namespace Airworthy.Trials;

/// <summary>
/// Where code that nobody vouches for is built and run: by bubblewrap, in Linux namespaces of its own (users, mounts, network, processes), with no rights in them, in which the machine's
/// files can be read and not written, the home and temporary folders are empty, and there is no network but a loopback. See docs/design/trials.md.
/// </summary>
public sealed class Sandbox
{
    private const int NotFound = 127;
    private static readonly TimeSpan s_mostProbe = TimeSpan.FromSeconds(60);

    /// <summary>The variables that code under trial may see; all others may hold a secret.</summary>
    private static readonly string[] s_variables =
    [
        "PATH", "USER", "SHELL", "TERM", "LANG", "LC_ALL", "TZ", "DOTNET_ROOT", "DOTNET_ROLL_FORWARD", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
    ];

    private readonly bool _encloses;

    private Sandbox(bool encloses) => _encloses = encloses;

    /// <summary>How code is kept apart: <c>namespaces</c>, or <c>none</c>.</summary>
    public string Name => _encloses ? "namespaces" : "none";

    /// <summary>The file of the process that works inside, beside this one.</summary>
    public static string WorkerFile => Path.Combine(AppContext.BaseDirectory, "Airworthy.TrialWorker.dll");

    /// <summary>The <c>dotnet</c> that runs this process, where an SDK lies beside it; else the one in PATH.</summary>
    public static string Dotnet { get; } = Path.Combine(DotnetRoot, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet") is var own && File.Exists(own) && Directory.Exists(Path.Combine(DotnetRoot, "sdk")) ? own : "dotnet";

    private static string DotnetRoot => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));

    /// <summary>Finds what this machine can do.</summary>
    /// <param name="isUnsafe">Whether to go on where it can do nothing: code under trial then runs with all the user may do.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="TrialException">It can do nothing, and <paramref name="isUnsafe"/> is not given.</exception>
    public static async Task<Sandbox> FindAsync(bool isUnsafe, CancellationToken cancel)
    {
        var reason = "namespaces are a feature of Linux";
        if (OperatingSystem.IsLinux())
        {
            var scratch = Directory.CreateTempSubdirectory("airworthy-sandbox-");
            try
            {
                var sandbox = new Sandbox(encloses: true);
                var end = await TrialProcess.RunAsync(sandbox.Command("true", [], new SandboxRules(scratch.FullName, [new SandboxPlace(scratch.FullName, CanWrite: true)])), s_mostProbe, cancel);
                if (end.Exit == 0)
                {
                    return sandbox;
                }

                reason = end.Exit == NotFound ? "bubblewrap is not there: apt-get install bubblewrap" : end.FirstError;
            }
            finally
            {
                scratch.Delete(recursive: true);
            }
        }

        return isUnsafe ? new Sandbox(encloses: false) : throw new TrialException(
            Fault.Unavailable,
            $"code under trial can't be kept apart here ({reason}); install bubblewrap and allow unprivileged user namespaces, or run it in a machine you can throw away and give --unsafe");
    }

    /// <summary>How to start a program inside.</summary>
    /// <param name="program">The program, looked up in PATH.</param>
    /// <param name="arguments">Its arguments, passed as they are.</param>
    /// <param name="rules">What it may touch.</param>
    public ProcessStartInfo Command(string program, IEnumerable<string> arguments, SandboxRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        // bubblewrap ends with the thread that began it, and a shell has but one.
        var start = _encloses
            ? new ProcessStartInfo("/bin/sh", ["-c", "\"$@\"; exit $?", "sandbox", "bwrap", .. Walls(rules), "--", program, .. arguments])
            : new ProcessStartInfo(program, arguments) { WorkingDirectory = rules.Folder };
        var given = s_variables.Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name))).Where(one => one.Value is not null).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in given)
        {
            start.Environment[name] = value;
        }

        var own = rules.Places[0];
        foreach (var (name, folder) in new[] { ("HOME", ".home"), ("DOTNET_CLI_HOME", ".home"), ("TMPDIR", ".tmp") })
        {
            Directory.CreateDirectory(Path.Combine(own.Path, folder));
            start.Environment[name] = Path.Combine(Seen(own), folder);
        }

        // Nothing is to outlive the command, to be told to anybody, or to wait for a debugger.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    /// <summary>The path by which code inside finds a place.</summary>
    public string Seen(SandboxPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return _encloses ? place.At : place.Path;
    }

    private static IEnumerable<string> Walls(SandboxRules rules)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] hidden = [.. new[] { "/tmp", "/var/tmp", "/run", home }.Where(folder => folder.Length > 1 && Directory.Exists(folder))];
        // Names are looked up by what this file says, which may be a link into what is hidden.
        var resolver = rules.Network && File.Exists("/etc/resolv.conf") ? File.ResolveLinkTarget("/etc/resolv.conf", returnFinalTarget: true)?.FullName : null;
        var places = Tools().Append(resolver).OfType<string>().Select(path => new SandboxPlace(path, CanWrite: false)).Concat(rules.Places).OrderBy(place => place.At.Length);
        return
        [
            "--unshare-all", .. rules.Network ? ["--share-net"] : Array.Empty<string>(), "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--uid", "1000", "--gid", "1000", "--hostname", "trial",
            "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", .. hidden.SelectMany(folder => new[] { "--tmpfs", folder }),
            .. places.SelectMany(place => new[] { place.CanWrite ? "--bind" : "--ro-bind", place.Path, place.At }), "--chdir", rules.Folder,
        ];
    }

    /// <summary>What has to be there to run at all, wherever it was installed.</summary>
    private static IEnumerable<string> Tools() => new[]
    {
        AppContext.BaseDirectory.TrimEnd('/'),
        Path.GetDirectoryName(Environment.ProcessPath ?? ""),
        DotnetRoot,
        Environment.GetEnvironmentVariable("DOTNET_ROOT"),
    }.Where(path => path is { Length: > 1 } && Directory.Exists(path)).Select(path => path!).Distinct(StringComparer.Ordinal);
}
