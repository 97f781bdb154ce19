using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>A method, constructor, accessor or operator of a changed file.</summary>
/// <param name="Symbol">What it declares.</param>
/// <param name="Node">Its syntax.</param>
/// <param name="Tokens">Its code without comments and layout: what has to differ for it to have changed.</param>
internal sealed record Member(IMethodSymbol Symbol, SyntaxNode Node, string[] Tokens)
{
    public string Id { get; } = Symbol.GetDocumentationCommentId() ?? "";

    /// <summary>True when outside code can call it.</summary>
    public bool IsPublic => IsVisible(Symbol);

    /// <summary>True when it has code of its own.</summary>
    public bool HasBody => Node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        _ => true,
    };

    /// <summary>The members of a file.</summary>
    public static IEnumerable<Member> Of(SyntaxTree tree, SemanticModel model)
    {
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            var symbol = node switch
            {
                BaseMethodDeclarationSyntax or AccessorDeclarationSyntax => model.GetDeclaredSymbol(node) as IMethodSymbol,
                ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax property } => (model.GetDeclaredSymbol(property) as IPropertySymbol)?.GetMethod,
                _ => null,
            };
            if (symbol?.GetDocumentationCommentId() is not null)
            {
                yield return new Member(symbol, node, TokensOf(node));
            }
        }
    }

    /// <summary>The code of a node, token by token.</summary>
    public static string[] TokensOf(SyntaxNode node) => [.. node.DescendantTokens().Where(token => !token.IsKind(SyntaxKind.None)).Select(token => token.Text)];

    /// <summary>How alike two members' code is: the share of tokens that both have, 0 to 1.</summary>
    public double Likeness(Member other)
    {
        var counts = Tokens.CountBy(token => token, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var shared = 0;
        foreach (var token in other.Tokens)
        {
            if (counts.TryGetValue(token, out var left) && left > 0)
            {
                counts[token] = left - 1;
                shared++;
            }
        }

        return 2.0 * shared / Math.Max(1, Tokens.Length + other.Tokens.Length);
    }

    private static bool IsVisible(ISymbol symbol)
    {
        for (ISymbol? one = symbol; one is not null and not INamespaceSymbol; one = one.ContainingSymbol)
        {
            if (one.DeclaredAccessibility is not (Accessibility.Public or Accessibility.NotApplicable))
            {
                return false;
            }
        }

        return true;
    }
}
