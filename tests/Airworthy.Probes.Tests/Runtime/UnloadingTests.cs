using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Airworthy.Probes.Build.Weaving;
using Airworthy.Probes.Tests.Weaving;
using Xunit;

namespace Airworthy.Probes.Tests.Runtime;

/// <summary>Plug-ins come and go, and two copies of the library meet in one process.</summary>
[Collection("the process's one meter")]
public sealed class UnloadingTests
{
    private const string Source = "public static class Plugin { public static int Run(int n) => n < 0 ? throw new System.FormatException() : n; }";

    [Fact]
    public void A_plug_in_is_unloaded_and_its_counts_stay()
    {
        using var meter = new MeterReading();
        var image = Compiled.From(Source).Weave().Image;
        for (var i = 0; i < 5; i++)
        {
            Unloads(RunOnce(image));
        }

        Assert.Equal(5, meter.Calls("M:Plugin.Run(System.Int32)"));
        var counts = ProbeRegistry.All().Where(module => module.Tags is [{ Method.Id: "M:Plugin.Run(System.Int32)" }]).ToArray();
        Assert.Single(counts);
        Assert.True(counts[0].IsUnloaded);
        Assert.Equal(0, counts[0].Threads);
    }

    [Fact]
    public void Builds_that_were_unloaded_are_forgotten_in_the_end()
    {
        for (var i = 0; i < 40; i++)
        {
            Unloads(RunOnce(Compiled.From(Source.Replace("Plugin", "Plugin" + i, StringComparison.Ordinal)).Weave().Image, "Plugin" + i));
        }

        Assert.InRange(ProbeRegistry.All().Count(module => module.IsUnloaded), 1, 20);
    }

    [Fact]
    public void Two_copies_of_the_library_count_apart_and_both_are_told()
    {
        using var meter = new MeterReading();
        var woven = Compiled.From(Source.Replace("Plugin", "Twin", StringComparison.Ordinal)).Weave().Image;
        using var shared = new LoadedSample(woven);
        shared.Call("Twin", "Run", 1);
        var gone = RunWithOwnLibrary(woven, meter);

        Unloads(gone);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunOnce(AssemblyImage image, string type = "Plugin")
    {
        using var sample = new LoadedSample(image);
        sample.Call(type, "Run", 1);
        return new WeakReference(AssemblyLoadContext.GetLoadContext(sample.Assembly));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunWithOwnLibrary(AssemblyImage woven, MeterReading meter)
    {
        var context = new AssemblyLoadContext("own library", isCollectible: true);
        context.LoadFromAssemblyPath(typeof(ProbeModule).Assembly.Location);
        using var stream = new MemoryStream(woven.Assembly);
        var twin = context.LoadFromStream(stream).GetType("Twin")!.GetMethod("Run")!;
        twin.Invoke(null, [1]);
        twin.Invoke(null, [2]);

        // The listener sees both meters; the one of the copy says that it is one.
        var copies = meter.Copies("M:Twin.Run(System.Int32)");
        Assert.Contains((0, 1.0), copies);
        Assert.Contains(copies, copy => copy.Copy > 1 && copy.Calls == 2.0);
        context.Unload();
        return new WeakReference(context);
    }

    private static void Unloads(WeakReference context)
    {
        for (var i = 0; context.IsAlive && i < 100; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive, "something keeps the assembly loaded");
    }
}
