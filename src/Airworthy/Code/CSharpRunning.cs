using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code;

/// <summary>
/// Which lines of C# can run at all: members with a body, initial values that are computed, parameters of a type, top-level statements. Not what only
/// declares (an enum, an interface, a constant, an attribute): no coverage report will ever speak of it.
/// </summary>
internal static class CSharpRunning
{
    /// <summary>The lines, from 1.</summary>
    public static IReadOnlySet<int> Lines(CompilationUnitSyntax root) =>
        root.DescendantNodes(Descends).Where(Runs).Select(CSharpUnits.SpanOf).SelectMany(span => Enumerable.Range(span.Start, span.Count)).ToHashSet();

    private static bool Descends(SyntaxNode node) => node is not (StatementSyntax or ExpressionSyntax or AttributeListSyntax or EnumDeclarationSyntax) && !Runs(node);

    private static bool Runs(SyntaxNode node) => node switch
    {
        GlobalStatementSyntax => true,
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null || !IsDeclaration(accessor.Parent?.Parent),
        ArrowExpressionClauseSyntax => true,
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } => true,
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax field } } => !field.Modifiers.Any(SyntaxKind.ConstKeyword),
        ParameterListSyntax { Parent: TypeDeclarationSyntax } => true,
        _ => false,
    };

    private static bool IsDeclaration(SyntaxNode? property) =>
        property?.Parent is InterfaceDeclarationSyntax || (property is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.AbstractKeyword));
}
