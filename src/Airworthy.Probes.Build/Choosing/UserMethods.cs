using Airworthy.Probes.Build.Patching;
using dnlib.DotNet;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>Finds the methods that people wrote among those the compiler made of them.</summary>
internal static class UserMethods
{
    /// <summary>The bit by which the runtime knows a method that it suspends itself.</summary>
    private const int RuntimeAsyncFlag = 0x2000;

    /// <param name="module">The module.</param>
    /// <param name="lines">The lines of its methods; null when it has no symbols.</param>
    public static IReadOnlyList<UserMethod> Of(ModuleDef module, SymbolLines? lines)
    {
        var found = new List<UserMethod>();
        foreach (var type in module.GetTypes())
        {
            foreach (var method in type.Methods)
            {
                // A state machine's code is told of by the method that starts it.
                if (method.RVA != default(dnlib.PE.RVA) && !IsStateMachine(type))
                {
                    found.Add(Read(method, lines));
                }
            }
        }

        var byType = found.Where(method => GeneratedName.Read(method.Written.Name) is null).ToLookup(method => method.Written.DeclaringType);
        return [.. found.Select(method => WithMember(method, byType))];
    }

    private static bool IsStateMachine(TypeDef type) =>
        type.DeclaringType is not null && type.Interfaces.Any(one =>
            one.Interface.FullName is "System.Runtime.CompilerServices.IAsyncStateMachine" or "System.Collections.IEnumerator")
        && type.CustomAttributes.IsDefined("System.Runtime.CompilerServices.CompilerGeneratedAttribute");

    private static UserMethod Read(MethodDef method, SymbolLines? lines)
    {
        foreach (var (attribute, shape) in s_machines)
        {
            if (method.CustomAttributes.Find(attribute) is { ConstructorArguments: [{ Value: TypeSig machine }] })
            {
                var body = machine.ToTypeDefOrRef().ResolveTypeDef()?.FindMethod("MoveNext");
                return body is null
                    ? new UserMethod(method, method, MethodShape.Unknown, lines?.Of(method))
                    : new UserMethod(method, body, shape, lines?.Of(body));
            }
        }

        var own = ((int)method.ImplAttributes & RuntimeAsyncFlag) != 0 ? MethodShape.RuntimeAsync : MethodShape.Plain;
        return new UserMethod(method, method, own, lines?.Of(method));
    }

    private static readonly (string Attribute, MethodShape Shape)[] s_machines =
    [
        ("System.Runtime.CompilerServices.AsyncStateMachineAttribute", MethodShape.Async),
        ("System.Runtime.CompilerServices.IteratorStateMachineAttribute", MethodShape.Iterator),
        ("System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute", MethodShape.AsyncIterator),
    ];

    private static UserMethod WithMember(UserMethod method, ILookup<TypeDef, UserMethod> byType)
    {
        if (GeneratedName.Read(method.Written.Name) is not { } name)
        {
            return method;
        }

        var owner = method.Written.DeclaringType;
        while (owner.DeclaringType is not null && owner.Name.String.StartsWith('<'))
        {
            owner = owner.DeclaringType;
        }

        var members = byType[owner].Where(candidate => candidate.Written.Name == name.Member).ToList();
        // The compiler's name does not tell overloads apart; the lines do.
        var around = members.Find(candidate => Encloses(candidate, method)) ?? members.FirstOrDefault();
        return method with { Member = around?.Written ?? method.Written, Part = name.Part };
    }

    private static bool Encloses(UserMethod outer, UserMethod inner) =>
        outer.Lines is { } around && inner.Lines is { } within && ReferenceEquals(around.Document, within.Document) && around.First <= within.First && within.Last <= around.Last + 1;
}
