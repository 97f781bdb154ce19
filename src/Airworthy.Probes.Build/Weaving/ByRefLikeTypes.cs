using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using dnlib.DotNet;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>
/// Which types live on the stack only (<c>ref struct</c>) and so can't be boxed. A type of another assembly is looked up in what the project was compiled
/// against; one that is not found counts as such, for boxing it wrongly would break the method.
/// </summary>
internal sealed class ByRefLikeTypes(IReadOnlyList<string> references)
{
    /// <summary>A generic parameter's <c>allows ref struct</c>.</summary>
    public const GenericParamAttributes Allowed = (GenericParamAttributes)0x20;

    private const string Space = "System.Runtime.CompilerServices";
    private const string Marker = "IsByRefLikeAttribute";

    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);
    private Dictionary<string, string>? _paths;

    public bool Contains(ITypeDefOrRef type)
    {
        var plain = type.ScopeType;
        if (plain is TypeDef own)
        {
            return IsMarked(own);
        }

        if (plain is not TypeRef reference || reference.DefinitionAssembly is not { } assembly)
        {
            return true;
        }

        var key = $"{reference.FullName}, {assembly.Name}";
        if (!_known.TryGetValue(key, out var found))
        {
            _known[key] = found = Find(reference, assembly.Name) ?? true;
        }

        return found;
    }

    /// <summary>True for a <c>ref struct</c> of this assembly.</summary>
    public static bool IsMarked(TypeDef type) => type.CustomAttributes.IsDefined($"{Space}.{Marker}");

    private bool? Find(TypeRef type, string assembly)
    {
        _paths ??= references.DistinctBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase);
        if (!_paths.TryGetValue(assembly, out var path) || !File.Exists(path))
        {
            return null;
        }

        using var image = new PEReader(File.OpenRead(path));
        var metadata = image.GetMetadataReader();
        foreach (var handle in metadata.TypeDefinitions)
        {
            var definition = metadata.GetTypeDefinition(handle);
            if (metadata.StringComparer.Equals(definition.Name, type.Name) && FullName(metadata, definition) == type.ReflectionFullName)
            {
                return definition.GetCustomAttributes().Any(attribute => IsMarker(metadata, metadata.GetCustomAttribute(attribute)));
            }
        }

        return Forwarded(metadata, type);
    }

    private bool? Forwarded(MetadataReader metadata, TypeRef type)
    {
        foreach (var handle in metadata.ExportedTypes)
        {
            var exported = metadata.GetExportedType(handle);
            if (metadata.StringComparer.Equals(exported.Name, type.Name) && metadata.StringComparer.Equals(exported.Namespace, type.Namespace)
                && exported.Implementation.Kind == HandleKind.AssemblyReference)
            {
                return Find(type, metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)exported.Implementation).Name));
            }
        }

        return null;
    }

    private static string FullName(MetadataReader metadata, TypeDefinition type)
    {
        var name = metadata.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
        {
            return $"{FullName(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()))}+{name}";
        }

        return type.Namespace.IsNil ? name : $"{metadata.GetString(type.Namespace)}.{name}";
    }

    private static bool IsMarker(MetadataReader metadata, System.Reflection.Metadata.CustomAttribute attribute)
    {
        var type = attribute.Constructor.Kind switch
        {
            HandleKind.MemberReference => metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent,
            HandleKind.MethodDefinition => metadata.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType(),
            _ => default,
        };
        return type.Kind switch
        {
            HandleKind.TypeReference => metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)type).Name, Marker),
            HandleKind.TypeDefinition => metadata.StringComparer.Equals(metadata.GetTypeDefinition((TypeDefinitionHandle)type).Name, Marker),
            _ => false,
        };
    }
}
