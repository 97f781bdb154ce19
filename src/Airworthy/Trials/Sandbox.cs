using System.Diagnostics;
using System.Text.Json;
using Airworthy.Model;

namespace Airworthy.Trials;

/// <summary>
/// Where code that nobody vouches for is built and run: Linux namespaces of its own (users, mounts, network, processes), in which the machine's files
/// can be read and not written, the home and temporary folders are empty, and there is no network. See docs/design/trials.md.
/// </summary>
public sealed class Sandbox
{
    /// <summary>The exit code of a process that could not be enclosed.</summary>
    public const int RefusedExit = 125;

    private static readonly TimeSpan s_mostProbe = TimeSpan.FromSeconds(60);

    /// <summary>The variables that code under trial may see; all others may hold a secret.</summary>
    private static readonly string[] s_variables = ["PATH", "LANG", "LC_ALL", "TZ", "DOTNET_ROOT", "DOTNET_ROLL_FORWARD", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];

    private readonly bool _encloses;
    private readonly bool _ownProcesses;

    private Sandbox(bool encloses, bool ownProcesses) => (_encloses, _ownProcesses) = (encloses, ownProcesses);

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
                foreach (var ownProcesses in new[] { true, false })
                {
                    var sandbox = new Sandbox(encloses: true, ownProcesses);
                    var end = await TrialProcess.RunAsync(sandbox.Command("true", [], new SandboxRules(scratch.FullName, [scratch.FullName])), s_mostProbe, cancel);
                    if (end.Exit == 0)
                    {
                        return sandbox;
                    }

                    reason = end.FirstError;
                }
            }
            catch (TrialException missing)
            {
                reason = missing.Message;
            }
            finally
            {
                scratch.Delete(recursive: true);
            }
        }

        return isUnsafe ? new Sandbox(encloses: false, ownProcesses: false) : throw new TrialException(
            Fault.Unavailable,
            $"code under trial can't be kept apart here ({reason}); allow unprivileged user namespaces, or run it in a machine you can throw away and give --unsafe");
    }

    /// <summary>How to start a program inside.</summary>
    /// <param name="program">The program, looked up in PATH.</param>
    /// <param name="arguments">Its arguments, passed as they are.</param>
    /// <param name="rules">What it may touch.</param>
    public ProcessStartInfo Command(string program, IEnumerable<string> arguments, SandboxRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var start = _encloses
            ? new ProcessStartInfo("unshare", [.. Namespaces(rules), "--", Dotnet, "exec", WorkerFile, "enter", JsonSerializer.Serialize(Complete(rules)), program, .. arguments])
            : new ProcessStartInfo(program, arguments) { WorkingDirectory = rules.Folder };
        var given = s_variables.Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name))).Where(one => one.Value is not null).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in given)
        {
            start.Environment[name] = value;
        }

        var scratch = rules.Writable.Length > 0 ? rules.Writable[0] : rules.Folder;
        start.Environment["HOME"] = start.Environment["DOTNET_CLI_HOME"] = Directory.CreateDirectory(Path.Combine(scratch, ".home")).FullName;
        start.Environment["TMPDIR"] = Directory.CreateDirectory(Path.Combine(scratch, ".tmp")).FullName;
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

    private IEnumerable<string> Namespaces(SandboxRules rules)
    {
        yield return "--user";
        yield return "--map-root-user";
        yield return "--mount";
        yield return "--ipc";
        if (!rules.Network)
        {
            yield return "--net";
        }

        if (_ownProcesses)
        {
            yield return "--pid";
        }

        yield return "--fork";
        yield return "--kill-child";
    }

    private SandboxRules Complete(SandboxRules rules)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        // Names are looked up by what this file says, which may be a link into what is hidden.
        var resolver = rules.Network && File.Exists("/etc/resolv.conf") ? File.ResolveLinkTarget("/etc/resolv.conf", returnFinalTarget: true)?.FullName : null;
        string[] files = resolver is null ? [] : [resolver];
        return rules with
        {
            OwnProcesses = _ownProcesses,
            Hidden = [.. rules.Hidden, "/tmp", "/var/tmp", "/run", .. home is "" or "/" ? Array.Empty<string>() : [home]],
            Visible = [.. rules.Visible, .. Tools(), .. files],
            VisibleFiles = [.. rules.VisibleFiles, .. files],
        };
    }

    /// <summary>What has to be there to run at all, wherever it was installed.</summary>
    private static IEnumerable<string> Tools() => new[]
    {
        AppContext.BaseDirectory.TrimEnd('/'),
        Path.GetDirectoryName(Environment.ProcessPath ?? ""),
        DotnetRoot,
        Environment.GetEnvironmentVariable("DOTNET_ROOT"),
    }.Where(path => path is { Length: > 1 }).Select(path => path!).Distinct(StringComparer.Ordinal);
}
