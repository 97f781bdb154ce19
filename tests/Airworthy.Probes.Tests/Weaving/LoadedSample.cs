using System.Reflection;
using System.Runtime.Loader;
using Airworthy.Probes.Build.Weaving;

namespace Airworthy.Probes.Tests.Weaving;

/// <summary>An assembly in a load context of its own, that can be unloaded.</summary>
internal sealed class LoadedSample : IDisposable
{
    private readonly AssemblyLoadContext _context;

    public LoadedSample(AssemblyImage image, bool isCollectible = true)
    {
        _context = new AssemblyLoadContext("sample", isCollectible);
        using var assembly = new MemoryStream(image.Assembly);
        using var symbols = image.Symbols is null ? null : new MemoryStream(image.Symbols);
        Assembly = _context.LoadFromStream(assembly, symbols);
    }

    public Assembly Assembly { get; }

    public object? Call(string type, string method, params object?[] arguments) =>
        Assembly.GetType(type, throwOnError: true)!.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    public void Dispose()
    {
        if (_context.IsCollectible)
        {
            _context.Unload();
        }
    }
}
