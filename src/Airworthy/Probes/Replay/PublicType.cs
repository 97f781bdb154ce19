using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Airworthy.Probes.Replay;

/// <summary>Finds a type that a test may name to mean an application. Nothing of it is loaded.</summary>
internal static class PublicType
{
    /// <summary><c>Program</c> where it is public, else any other public class; null when there is none.</summary>
    public static string? Of(string assembly)
    {
        using var file = File.OpenRead(assembly);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var names = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition).Where(IsNameable)
            .Select(type => (Space: metadata.GetString(type.Namespace), Name: metadata.GetString(type.Name)))
            .Where(type => !type.Name.Contains('`', StringComparison.Ordinal) && !type.Name.Contains('<', StringComparison.Ordinal))
            .Select(type => type.Space.Length > 0 ? $"{type.Space}.{type.Name}" : type.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        return names.Find(name => name == "Program") ?? names.FirstOrDefault();
    }

    /// <summary>A static class can't stand for an application: C# takes it for no type argument.</summary>
    private static bool IsNameable(TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public
        && !type.Attributes.HasFlag(TypeAttributes.Interface)
        && (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) != (TypeAttributes.Abstract | TypeAttributes.Sealed);
}
