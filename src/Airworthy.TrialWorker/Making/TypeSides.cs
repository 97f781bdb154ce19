using System.Reflection;
using System.Runtime.Loader;

namespace Airworthy.TrialWorker.Making;

/// <summary>The two sides' assemblies, each loaded apart, and which type of the base stands for one of the head.</summary>
internal sealed class TypeSides
{
    private readonly SideContext? _base;
    private readonly SideContext _head;
    private readonly Dictionary<Type, Type?> _counterparts = [];

    /// <param name="baseAssembly">The base's; null to try the head alone.</param>
    /// <param name="headAssembly">The head's.</param>
    public TypeSides(string? baseAssembly, string headAssembly)
    {
        _base = baseAssembly is null ? null : new SideContext("base", baseAssembly);
        _head = new SideContext("head", headAssembly);
        BaseAssembly = _base?.Load();
        HeadAssembly = _head.Load();
    }

    public Assembly? BaseAssembly { get; }

    public Assembly HeadAssembly { get; }

    /// <summary>True when there is no base to compare with.</summary>
    public bool IsHeadOnly => _base is null;

    /// <summary>The assemblies that only the head's code uses.</summary>
    public IEnumerable<Assembly> HeadAssemblies => _head.Assemblies;

    /// <summary>True when the type is the code's own or of its packages, not the framework's.</summary>
    public static bool IsOwn(Type type) => AssemblyLoadContext.GetLoadContext(type.Assembly) is SideContext;

    /// <summary>The types of an assembly, those left out that can't be loaded.</summary>
    public static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException some)
        {
            return [.. some.Types.OfType<Type>()];
        }
    }

    /// <summary>A type's method of a name and parameters that is not generic; null when it has none. (Beside a generic one of the same parameters reflection's own search fails.)</summary>
    public static MethodInfo? Plain(Type type, string name, BindingFlags which, Type[] parameters) => type.GetMethod(name, 0, which, parameters);

    /// <summary>The base's type for one of the head; the same for the framework's; null when the base has none.</summary>
    public Type? Counterpart(Type head)
    {
        if (_base is null)
        {
            return head;
        }

        if (!_counterparts.TryGetValue(head, out var found))
        {
            _counterparts[head] = found = Find(head);
        }

        return found;
    }

    private Type? Find(Type head)
    {
        if (head.HasElementType)
        {
            var element = Counterpart(head.GetElementType()!);
            return element is null ? null
                : head.IsByRef ? element.MakeByRefType()
                : head.IsPointer ? element.MakePointerType()
                : head.GetArrayRank() == 1 ? element.MakeArrayType() : element.MakeArrayType(head.GetArrayRank());
        }

        if (head.IsConstructedGenericType)
        {
            var open = Counterpart(head.GetGenericTypeDefinition());
            var arguments = head.GetGenericArguments().Select(Counterpart).ToArray();
            return open is null || Array.Exists(arguments, argument => argument is null) ? null : open.MakeGenericType(arguments!);
        }

        return IsOwn(head) ? _base!.Named(head) : head;
    }
}
