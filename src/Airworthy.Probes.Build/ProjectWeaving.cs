using Airworthy.Probes.Build.Choosing;
using Airworthy.Probes.Build.Patching;
using Airworthy.Probes.Build.Weaving;
using dnlib.DotNet;

namespace Airworthy.Probes.Build;

/// <summary>Weaves one project's assembly in place.</summary>
internal static class ProjectWeaving
{
    public static async Task RunAsync(WeaveRequest request, TextWriter output, CancellationToken cancel)
    {
        var image = Compiled(request);
        using var assembly = new EditedAssembly(image);
        var module = assembly.Module;
        var watch = await WatchSource.FindAsync(request, output, cancel);
        var methods = UserMethods.Of(module, assembly.Lines);
        if (methods.Count > 0 && methods.All(method => method.Lines is null))
        {
            Diagnostics.Warning(output, "AWP004", $"no probes are woven: '{Path.GetFileName(request.Assembly)}' has no portable symbols; remove DebugType=none, or set portable or embedded");
            watch = null;
        }

        if (watch is null)
        {
            // What an earlier build wove must not stay when this one can't tell what to weave.
            Replace(request, image);
            File.Delete(request.Report);
            return;
        }

        var chosen = new ProbeChoice(watch, request.Excluded).Choose(methods);
        var report = ModuleWeaver.Weave(
            assembly, chosen, watch.Revision, request.HasFlags, request.IsRecordable ? new ByRefLikeTypes(request.References) : null);
        var woven = report.Any(method => method.HasProbe) ? assembly.Write(Key(request)) : image;
        WatchSource.TellChanged(watch, output);
        Replace(request, woven);
        var told = new ProbeReport(module.Assembly?.Name ?? module.Name, watch.Revision, module.Mvid.GetValueOrDefault(), report);
        await File.WriteAllBytesAsync(request.Report, ProbeReportJson.Write(told), cancel);
        await output.WriteLineAsync($"Airworthy.Probes: {report.Count(method => method.HasProbe)} of {report.Length} methods carry probes");
    }

    /// <summary>The compiler's output: the assembly itself, or, when it was woven before, what was kept of it then.</summary>
    private static AssemblyImage Compiled(WeaveRequest request)
    {
        var (keptAssembly, keptSymbols) = Kept(request);
        var found = Read(request.Assembly, request.Symbols);
        if (!IsWoven(found))
        {
            Directory.CreateDirectory(request.Kept);
            File.WriteAllBytes(keptAssembly, found.Assembly);
            if (found.Symbols is null)
            {
                File.Delete(keptSymbols);
            }
            else
            {
                File.WriteAllBytes(keptSymbols, found.Symbols);
            }

            return found;
        }

        return File.Exists(keptAssembly)
            ? Read(keptAssembly, keptSymbols)
            : throw new IOException($"'{request.Assembly}' was woven before, and what the compiler made is gone; rebuild the project");
    }

    private static (string Assembly, string Symbols) Kept(WeaveRequest request) =>
        (Path.Combine(request.Kept, Path.GetFileName(request.Assembly)), Path.Combine(request.Kept, Path.GetFileName(request.Symbols)));

    private static AssemblyImage Read(string assembly, string symbols) =>
        new(File.ReadAllBytes(assembly), File.Exists(symbols) ? File.ReadAllBytes(symbols) : null);

    private static bool IsWoven(AssemblyImage image)
    {
        using var module = ModuleDefMD.Load(image.Assembly);
        return module.Types.Any(type => type.Name == ProbeClass.Name);
    }

    /// <summary>Through a file beside it, so that a build that is stopped leaves the one or the other whole.</summary>
    private static void Replace(WeaveRequest request, AssemblyImage image)
    {
        Write(request.Assembly, image.Assembly);
        if (image.Symbols is not null)
        {
            Write(request.Symbols, image.Symbols);
        }
    }

    private static void Write(string path, byte[] bytes)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            return;
        }

        var beside = path + ".weaving";
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, path, overwrite: true);
    }

    private static byte[]? Key(WeaveRequest request) => request.KeyFile is null ? null : File.ReadAllBytes(Path.Combine(request.Project, request.KeyFile));
}
