using System.Reflection;

namespace Airworthy.Replay;

/// <summary>Finds a type by its name, wherever in the application it is.</summary>
internal static class LoadedTypes
{
    private static readonly Lazy<bool> s_isAllLoaded = new(LoadAll);

    /// <summary>The type; null when no assembly of the application has it.</summary>
    public static Type? Find(string name) => InLoaded(name) ?? (s_isAllLoaded.Value ? InLoaded(name) : null);

    private static Type? InLoaded(string name) =>
        AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).Select(assembly => assembly.GetType(name, throwOnError: false)).FirstOrDefault(type => type is not null);

    /// <summary>What the application brings along beside the frameworks is loaded when its code first runs, of which little does here.</summary>
    private static bool LoadAll()
    {
        var frameworks = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location))) ?? "";
        var paths = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (var path in paths.Where(path => frameworks.Length == 0 || !path.StartsWith(frameworks + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        {
            try
            {
                Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(path)));
            }
            catch (Exception missing) when (missing is IOException or BadImageFormatException)
            {
                // Then what it has is not there.
            }
        }

        return true;
    }
}
