namespace Airworthy.Replay;

/// <summary>How C# names a type from anywhere.</summary>
internal static class CSharpType
{
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(char)] = "char", [typeof(decimal)] = "decimal",
        [typeof(double)] = "double", [typeof(float)] = "float", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long",
        [typeof(ulong)] = "ulong", [typeof(short)] = "short", [typeof(ushort)] = "ushort", [typeof(string)] = "string", [typeof(object)] = "object",
    };

    private static readonly HashSet<string> s_reserved = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false "
            + "finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params "
            + "private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint "
            + "ulong unchecked unsafe ushort using virtual void volatile while await").Split(' '),
        StringComparer.Ordinal);

    /// <summary>True for a word that is no name unless it is marked as one.</summary>
    public static bool IsKeyword(string name) => s_reserved.Contains(name);

    /// <summary>Its name.</summary>
    /// <exception cref="NotReplayableException">Another assembly can't see it.</exception>
    public static string Of(Type type)
    {
        if (s_keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsArray && type.GetArrayRank() == 1)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        if (!type.IsVisible)
        {
            throw new NotReplayableException($"the type {type} is not public");
        }

        var names = new List<string>();
        var arguments = type.GetGenericArguments();
        var left = arguments.Length;
        for (var one = type; one is not null; one = one.DeclaringType)
        {
            var (name, count) = one.Name.Split('`') is [var plain, var arity] ? (plain, int.Parse(arity, System.Globalization.CultureInfo.InvariantCulture)) : (one.Name, 0);
            names.Add(count == 0 ? name : $"{name}<{string.Join(", ", arguments[(left - count)..left].Select(Of))}>");
            left -= count;
        }

        names.Reverse();
        return $"global::{(string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".")}{string.Join('.', names)}";
    }
}
