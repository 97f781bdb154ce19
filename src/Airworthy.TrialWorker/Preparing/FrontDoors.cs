using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>A library's front doors, as its tests use them: public members that a text goes into. Of overloads the one with the most of the library's own types among its parameters: what those choose, the others leave as it is.</summary>
internal sealed class FrontDoors(SideCompilation side, LiteralHarvest harvest)
{
    private const int MostOfTexts = 4;
    private const int MostOfObjects = 3;

    /// <summary>Public static methods that take a text, those first that most tests use.</summary>
    public IEnumerable<IMethodSymbol> OfTexts() =>
        MostUsed(Types(side.Compilation.Assembly.GlobalNamespace)
            .Where(type => type.DeclaredAccessibility == Accessibility.Public && type.IsStatic)
            .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(method => IsDoor(method, isStatic: true) && method.Parameters is [{ Type.SpecialType: SpecialType.System_String }, .. var rest] && rest.All(IsPlain)))
            .Take(MostOfTexts);

    /// <summary>What is called on an object that is made of a text, <c>Template.Parse(text).Render()</c>: a front door too, behind one more step.</summary>
    public IEnumerable<IMethodSymbol> OfObjectsMadeOfTexts() =>
        MostUsed(Types(side.Compilation.Assembly.GlobalNamespace)
            .Where(type => type is { DeclaredAccessibility: Accessibility.Public, TypeKind: TypeKind.Class, IsStatic: false, IsGenericType: false } && type.GetMembers().OfType<IMethodSymbol>().Any(method => IsMaker(method, type)))
            .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(method => IsDoor(method, isStatic: false) && method is { IsOverride: false, IsAbstract: false } && method.Parameters.All(parameter => IsPlain(parameter) || IsOwn(parameter))))
            .Take(MostOfObjects);

    /// <summary>The names that tests may use such members by.</summary>
    public static IEnumerable<string> Names(SideCompilation side)
    {
        foreach (var method in side.Compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()).Where(TakesText))
        {
            yield return method.Identifier.Text;
            if (method.Parent is TypeDeclarationSyntax type && method.ReturnType.ToString().TrimEnd('?') == type.Identifier.Text)
            {
                foreach (var member in type.Members.OfType<MethodDeclarationSyntax>().Where(member => member.Modifiers.Any(SyntaxKind.PublicKeyword) && !member.Modifiers.Any(SyntaxKind.StaticKeyword)))
                {
                    yield return member.Identifier.Text;
                }
            }
        }
    }

    private static bool TakesText(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.StaticKeyword) && method.Modifiers.Any(SyntaxKind.PublicKeyword) && method.ParameterList.Parameters.FirstOrDefault()?.Type?.ToString() is "string" or "string?";

    private IEnumerable<IMethodSymbol> MostUsed(IEnumerable<IMethodSymbol> methods) =>
        methods.Select(method => (Method: method, Uses: harvest.Uses(method.Name)))
            .Where(one => one.Uses > 0)
            .GroupBy(one => (one.Method.IsStatic ? "" : one.Method.ContainingType.Name, one.Method.Name))
            .Select(group => group.OrderByDescending(one => one.Method.Parameters.Count(IsOwn)).First())
            .OrderByDescending(one => one.Uses)
            .Select(one => one.Method);

    private static bool IsDoor(IMethodSymbol method, bool isStatic) =>
        method is { DeclaredAccessibility: Accessibility.Public, ReturnsVoid: false, IsGenericMethod: false, MethodKind: MethodKind.Ordinary } && method.IsStatic == isStatic;

    private static bool IsMaker(IMethodSymbol method, INamedTypeSymbol type) =>
        IsDoor(method, isStatic: true) && method.Parameters is [{ Type.SpecialType: SpecialType.System_String }, .. var rest] && SymbolEqualityComparer.Default.Equals(method.ReturnType, type) && rest.All(parameter => parameter.HasExplicitDefaultValue);

    private static bool IsPlain(IParameterSymbol parameter) => parameter.HasExplicitDefaultValue || parameter.Type.SpecialType != SpecialType.None || parameter.Type.TypeKind == TypeKind.Enum;

    private bool IsOwn(IParameterSymbol parameter) => SymbolEqualityComparer.Default.Equals(parameter.Type.ContainingAssembly, side.Compilation.Assembly);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));
}
