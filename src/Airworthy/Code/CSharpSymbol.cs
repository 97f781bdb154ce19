using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code;

/// <summary>The identity and the short name of a member's declaration.</summary>
/// <param name="Id">Like a documentation-comment id: <c>M:Shop.Refunds.Split(System.Decimal,System.Int32)</c>.</param>
/// <param name="Name">For people: <c>Refunds.Split(decimal, int)</c>.</param>
internal sealed record CSharpSymbol(string Id, string Name)
{
    /// <summary>The symbol of a node that is a unit; null for any other node.</summary>
    public static CSharpSymbol? Of(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => Make(method, method.Identifier.Text, Arity(method.TypeParameterList), method.ParameterList.Parameters),
        ConstructorDeclarationSyntax made when made.Modifiers.Any(SyntaxKind.StaticKeyword) => Make(made, "#cctor", "", default),
        ConstructorDeclarationSyntax made => Make(made, "#ctor", "", made.ParameterList.Parameters),
        DestructorDeclarationSyntax => Make(node, "Finalize", "", default),
        OperatorDeclarationSyntax op => Make(op, $"op_{op.OperatorToken.Text}", "", op.ParameterList.Parameters),
        ConversionOperatorDeclarationSyntax to => Make(
            to, to.ImplicitOrExplicitKeyword.IsKind(SyntaxKind.ImplicitKeyword) ? "op_Implicit" : "op_Explicit", "", to.ParameterList.Parameters),
        AccessorDeclarationSyntax { Parent.Parent: BasePropertyDeclarationSyntax owner } accessor => Make(owner, Prefix(accessor) + PropertyName(owner), "", Indexes(owner)),
        ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax owner } => Make(owner, "get_" + PropertyName(owner), "", Indexes(owner)),
        _ => null,
    };

    private static CSharpSymbol Make(SyntaxNode member, string name, string arity, SeparatedSyntaxList<ParameterSyntax> parameters)
    {
        var types = member.Ancestors().OfType<TypeDeclarationSyntax>().Reverse().ToArray();
        var spaces = member.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(space => space.Name.ToString());
        var owner = string.Join('.', spaces.Concat(types.Select(type => type.Identifier.Text + Arity(type.TypeParameterList))));
        var full = owner.Length == 0 ? name : $"{owner}.{name}";
        var ids = string.Join(',', parameters.Select(parameter => TypeId(parameter)));
        var shown = string.Join(", ", parameters.Select(parameter => parameter.Type is { } type ? Plain(type) : "?"));
        var outer = types.Length == 0 ? "" : types[^1].Identifier.Text + ".";
        var display = name.TrimStart('#');
        return new CSharpSymbol(
            parameters.Count == 0 ? $"M:{full}{arity}" : $"M:{full}{arity}({ids})",
            display.StartsWith("get_", StringComparison.Ordinal) || display.StartsWith("set_", StringComparison.Ordinal) ? outer + display : $"{outer}{display}({shown})");
    }

    /// <summary>A type as it is written, in one line and without what is remarked in it.</summary>
    private static string Plain(TypeSyntax type) =>
        type.ToString() is var text && !text.Contains('\n', StringComparison.Ordinal) ? text : type.ReplaceTrivia(type.DescendantTrivia(), (_, _) => default).NormalizeWhitespace().ToString();

    private static string Arity(TypeParameterListSyntax? parameters) =>
        parameters is null ? "" : "`" + parameters.Parameters.Count.ToString(CultureInfo.InvariantCulture);

    private static string Prefix(AccessorDeclarationSyntax accessor) => accessor.Keyword.Kind() switch
    {
        SyntaxKind.GetKeyword => "get_",
        SyntaxKind.AddKeyword => "add_",
        SyntaxKind.RemoveKeyword => "remove_",
        _ => "set_",
    };

    private static string PropertyName(BasePropertyDeclarationSyntax owner) => owner switch
    {
        PropertyDeclarationSyntax property => property.Identifier.Text,
        EventDeclarationSyntax raised => raised.Identifier.Text,
        _ => "Item",
    };

    private static SeparatedSyntaxList<ParameterSyntax> Indexes(BasePropertyDeclarationSyntax owner) =>
        owner is IndexerDeclarationSyntax indexer ? indexer.ParameterList.Parameters : default;

    private static string TypeId(ParameterSyntax parameter)
    {
        var by = parameter.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword or SyntaxKind.InKeyword) ? "@" : "";
        return parameter.Type is null ? "?" : TypeId(parameter.Type) + by;
    }

    private static string TypeId(TypeSyntax type) => type switch
    {
        PredefinedTypeSyntax keyword => Full(keyword.Keyword.Text),
        NullableTypeSyntax nullable when nullable.ElementType is PredefinedTypeSyntax { Keyword.Text: not ("string" or "object") } => $"System.Nullable{{{TypeId(nullable.ElementType)}}}",
        NullableTypeSyntax nullable => TypeId(nullable.ElementType),
        ArrayTypeSyntax array => TypeId(array.ElementType) + string.Concat(array.RankSpecifiers.Select(rank => "[" + new string(',', rank.Rank - 1) + "]")),
        PointerTypeSyntax pointer => TypeId(pointer.ElementType) + "*",
        GenericNameSyntax generic => $"{generic.Identifier.Text}{{{string.Join(',', generic.TypeArgumentList.Arguments.Select(TypeId))}}}",
        QualifiedNameSyntax qualified => $"{qualified.Left}.{TypeId(qualified.Right)}",
        _ => Plain(type),
    };

    private static string Full(string keyword) => keyword switch
    {
        "bool" => "System.Boolean",
        "byte" => "System.Byte",
        "sbyte" => "System.SByte",
        "char" => "System.Char",
        "decimal" => "System.Decimal",
        "double" => "System.Double",
        "float" => "System.Single",
        "int" => "System.Int32",
        "uint" => "System.UInt32",
        "long" => "System.Int64",
        "ulong" => "System.UInt64",
        "short" => "System.Int16",
        "ushort" => "System.UInt16",
        "object" => "System.Object",
        "string" => "System.String",
        _ => keyword,
    };
}
