using System.Reflection;
using System.Runtime.Loader;

namespace Airworthy.TrialWorker.Making;

/// <summary>Loads one side's assembly and its packages beside it; the framework is shared.</summary>
internal sealed class SideContext : AssemblyLoadContext
{
    private readonly string _assembly;
    private readonly string _built;
    private readonly AssemblyDependencyResolver? _resolver;

    /// <param name="name">The side.</param>
    /// <param name="assembly">Its assembly; an instrumented copy has, beside it in a file named <c>built</c>, where the original lies with its packages.</param>
    public SideContext(string name, string assembly)
        : base(name)
    {
        _assembly = assembly;
        var pointer = Path.Combine(Path.GetDirectoryName(assembly)!, "built");
        _built = File.Exists(pointer) ? File.ReadAllText(pointer) : assembly;
        _resolver = File.Exists(Path.ChangeExtension(_built, ".deps.json")) ? new AssemblyDependencyResolver(_built) : null;
    }

    /// <summary>An assembly that stands in for the one of its name; null for none.</summary>
    public string? Instead { get; init; }

    public Assembly Load() => LoadFromAssemblyPath(_assembly);

    /// <summary>The type of this side that bears the name of the other side's.</summary>
    public Type? Named(Type other)
    {
        var name = other.Assembly.GetName().Name!;
        var assembly = Assemblies.FirstOrDefault(one => one.GetName().Name == name) ?? TryLoad(new AssemblyName(name));
        return assembly?.GetType(other.FullName!, throwOnError: false);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Instead is not null && Path.GetFileNameWithoutExtension(Instead) == assemblyName.Name)
        {
            return LoadFromAssemblyPath(Instead);
        }

        // What the shared framework has is the framework's: both sides must mean the same string, list and task.
        if (IsOfFramework(assemblyName))
        {
            return null;
        }

        var beside = Path.Combine(Path.GetDirectoryName(_built)!, assemblyName.Name + ".dll");
        return _resolver?.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path)
            : File.Exists(beside) ? LoadFromAssemblyPath(beside)
            : null;
    }

    private static bool IsOfFramework(AssemblyName name) =>
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Contains($"/{name.Name}.dll:", StringComparison.Ordinal)
        && (name.Name is "netstandard" or "mscorlib" || name.Name!.StartsWith("System", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal))
        && !name.Name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
        && File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name.Name + ".dll")) | name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return LoadFromAssemblyName(name);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
