using dnlib.DotNet;
using dnlib.DotNet.Emit;
using dnlib.DotNet.Pdb;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>
/// The types of local constants that other assemblies define (<c>const NumberStyles style = NumberStyles.Any</c>, <c>const decimal price = 1</c>). dnlib
/// must know whether a type is an enumeration to write its constants again. Those assemblies are not read for it: the constant's value tells.
/// </summary>
internal sealed class ConstantTypes : IResolver
{
    private readonly Dictionary<string, TypeDef> _types = new(StringComparer.Ordinal);

    /// <summary>Learns the types of a module's local constants.</summary>
    public void Learn(ModuleDef module)
    {
        foreach (var method in module.GetTypes().SelectMany(type => type.Methods))
        {
            if (method.Body is CilBody { PdbMethod.Scope: { } scope })
            {
                Learn(scope, module);
            }
        }
    }

    public TypeDef? Resolve(TypeRef typeRef, ModuleDef sourceModule) => _types.GetValueOrDefault(typeRef.FullName);

    public IMemberForwarded? Resolve(MemberRef memberRef) => null;

    private void Learn(PdbScope scope, ModuleDef module)
    {
        foreach (var constant in scope.Constants)
        {
            if (constant is { Type: ClassOrValueTypeSig { TypeDefOrRef: TypeRef type }, Value: { } value and not byte[] })
            {
                constant.Type = new ValueTypeSig(type);
                _types.TryAdd(type.FullName, Made(type, Underlying(value, module.CorLibTypes), module));
            }
        }

        foreach (var inner in scope.Scopes)
        {
            Learn(inner, module);
        }
    }

    /// <summary>As much of the type as its constants need: an enumeration over <paramref name="number"/>, or another value.</summary>
    private static TypeDefUser Made(TypeRef type, TypeSig? number, ModuleDef module)
    {
        if (number is null)
        {
            return new TypeDefUser(type.Namespace, type.Name, module.CorLibTypes.GetTypeRef("System", "ValueType"));
        }

        var made = new TypeDefUser(type.Namespace, type.Name, module.CorLibTypes.GetTypeRef("System", "Enum"));
        made.Fields.Add(new FieldDefUser("value__", new FieldSig(number), FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName));
        return made;
    }

    private static CorLibTypeSig? Underlying(object value, ICorLibTypes types) => value switch
    {
        sbyte => types.SByte,
        byte => types.Byte,
        short => types.Int16,
        ushort => types.UInt16,
        int => types.Int32,
        uint => types.UInt32,
        long => types.Int64,
        ulong => types.UInt64,
        _ => null,
    };
}
