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

        var byType = found.Where(method => NameOf(method) is null).ToLookup(method => method.Written.DeclaringType);
        var places = PlacesOf(found);
        return [.. found.Select(method => WithMember(method, byType, places))];
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

    private static GeneratedName? NameOf(UserMethod method) => GeneratedName.Read(method.Written.Name, method.Written.DeclaringType.Name);

    /// <summary>Which each part is of those of its name in its member, and how many they are.</summary>
    private static Dictionary<MethodDef, (int Ordinal, int Of)> PlacesOf(List<UserMethod> methods)
    {
        var places = new Dictionary<MethodDef, (int Ordinal, int Of)>();
        foreach (var alike in methods.Select(method => (Method: method, Name: NameOf(method))).Where(part => part.Name is not null)
            .GroupBy(part => (OwnerOf(part.Method), part.Name!.Member, part.Name.Part, part.Name.Group)))
        {
            var sorted = alike.OrderBy(part => part.Name!.Number).ToList();
            for (var i = 0; i < sorted.Count; i++)
            {
                places[sorted[i].Method.Written] = (i + 1, sorted.Count);
            }
        }

        return places;
    }

    /// <summary>The type a person wrote.</summary>
    private static TypeDef OwnerOf(UserMethod method)
    {
        var owner = method.Written.DeclaringType;
        while (owner.DeclaringType is not null && owner.Name.String.StartsWith('<'))
        {
            owner = owner.DeclaringType;
        }

        return owner;
    }

    private static UserMethod WithMember(UserMethod method, ILookup<TypeDef, UserMethod> byType, Dictionary<MethodDef, (int Ordinal, int Of)> places)
    {
        if (NameOf(method) is not { } name)
        {
            return method;
        }

        var members = byType[OwnerOf(method)].Where(candidate => candidate.Written.Name == name.Member).ToList();
        // The compiler's name does not tell overloads apart; the lines do. Where a member ends they do not: local functions stand behind its last statement.
        var around = members.Where(candidate => BeginsBefore(candidate, method)).MaxBy(candidate => candidate.Lines!.First) ?? members.FirstOrDefault();
        var (ordinal, of) = places[method.Written];
        return method with { Member = around?.Written ?? method.Written, Part = name.Part, Ordinal = ordinal, Of = of };
    }

    private static bool BeginsBefore(UserMethod outer, UserMethod inner) =>
        outer.Lines is { } around && inner.Lines is { } within && ReferenceEquals(around.Document, within.Document) && around.First <= within.First;
}
