using System.Reflection;
using Airworthy.Replay;

namespace Airworthy.TrialWorker.Making;

/// <summary>One way to make an object: a constructor or a static factory, and the properties that are set after.</summary>
/// <param name="Base">The call at the base.</param>
/// <param name="Head">The call at the head.</param>
/// <param name="Parameters">The shapes of its arguments.</param>
/// <param name="Setters">Properties set besides.</param>
/// <param name="Member">The constructor, method or property at the head; null for a struct's default.</param>
internal sealed record MakingWay(Func<object?[], object?> Base, Func<object?[], object?> Head, Shape[] Parameters, Setter[] Setters, MemberInfo? Member)
{
    public string Code(Type type, string[] arguments, string setters) => Member switch
    {
        ConstructorInfo { IsPublic: true } or null => $"new {CSharpType.Of(type)}({string.Join(", ", arguments)}){setters}",
        MethodInfo { IsPublic: true, IsStatic: false } method => $"{arguments[0]}.{method.Name}()",
        MethodInfo { IsPublic: true } method => $"{CSharpType.Of(method.DeclaringType!)}.{method.Name}({string.Join(", ", arguments)})",
        FieldInfo { IsPublic: true } field => $"{CSharpType.Of(field.DeclaringType!)}.{field.Name}",
        PropertyInfo property when property.GetMethod!.IsPublic => $"{CSharpType.Of(property.DeclaringType!)}.{property.Name}",
        _ => throw new NotWritableException($"{type} has no public way to be made so"),
    };
}
