using System.Globalization;
using System.Text;
using dnlib.DotNet;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>The documentation-comment id of a method, which tells overloads apart: <c>M:Shop.Refunds.Split(System.Decimal,System.Int32)</c>.</summary>
internal static class DocumentationId
{
    public static string Of(MethodDef method)
    {
        // Top-level statements are one unit, whether or not they read their arguments.
        if (method.Name == "<Main>$")
        {
            return "M:Program.<Main>$";
        }

        var id = new StringBuilder("M:").Append(TypeName(method.DeclaringType)).Append('.').Append(MemberName(method.Name));
        if (method.GenericParameters.Count > 0)
        {
            id.Append("``").Append(method.GenericParameters.Count);
        }

        var parameters = method.MethodSig.Params;
        if (parameters.Count > 0)
        {
            id.Append('(').AppendJoin(',', parameters.Select(TypeId)).Append(')');
        }

        if (method.Name == "op_Implicit" || method.Name == "op_Explicit")
        {
            id.Append('~').Append(TypeId(method.ReturnType));
        }

        return id.ToString();
    }

    /// <summary>The full name without arguments and arities, as telemetry names a function: <c>Shop.Refunds.Split</c>.</summary>
    public static string Name(MethodDef method) => $"{WithoutArity(TypeName(method.DeclaringType))}.{method.Name}";

    private static string WithoutArity(string name) => string.Join('.', name.Split('.').Select(part => part.Split('`')[0]));

    private static string TypeName(ITypeDefOrRef type)
    {
        var outer = type.DeclaringType;
        return outer is not null ? $"{TypeName(outer)}.{type.Name}" : string.IsNullOrEmpty(type.Namespace) ? type.Name : $"{type.Namespace}.{type.Name}";
    }

    /// <summary>The name of an explicit implementation holds the interface's, whose marks mean something else in an id.</summary>
    private static string MemberName(string name) => !name.Contains('.', StringComparison.Ordinal) ? name
        : name.Replace('.', '#').Replace('<', '{').Replace('>', '}').Replace(',', '@');

    private static string TypeId(TypeSig type) => type switch
    {
        ModifierSig modified => TypeId(modified.Next),
        PinnedSig pinned => TypeId(pinned.Next),
        ByRefSig by => TypeId(by.Next) + "@",
        PtrSig pointer => TypeId(pointer.Next) + "*",
        SZArraySig array => TypeId(array.Next) + "[]",
        ArraySig array => $"{TypeId(array.Next)}[{string.Join(',', Enumerable.Repeat("0:", (int)array.Rank))}]",
        GenericMVar variable => "``" + variable.Number.ToString(CultureInfo.InvariantCulture),
        GenericVar variable => "`" + variable.Number.ToString(CultureInfo.InvariantCulture),
        GenericInstSig instance => Instance(instance),
        // The compiler writes nothing for a function pointer.
        FnPtrSig => "",
        TypeDefOrRefSig plain => TypeName(plain.TypeDefOrRef),
        _ => type.FullName,
    };

    /// <summary>Each level of nested types takes its own arguments: <c>Outer{A}.Inner{B}</c>.</summary>
    private static string Instance(GenericInstSig instance)
    {
        var levels = TypeName(instance.GenericType.TypeDefOrRef).Split('.');
        var given = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Split('`') is [var name, var arity] && int.TryParse(arity, CultureInfo.InvariantCulture, out var count))
            {
                levels[i] = $"{name}{{{string.Join(',', instance.GenericArguments.Skip(given).Take(count).Select(TypeId))}}}";
                given += count;
            }
        }

        return string.Join('.', levels);
    }
}
