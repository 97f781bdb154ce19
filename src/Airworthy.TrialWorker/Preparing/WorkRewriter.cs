using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>
/// Marks calls that go through a collection inside the framework, where no edge of the code is passed: a lookup in a list, a query. What they go through counts as steps, or a loop that asks a list for each item
/// would seem to grow no faster than the loop.
/// </summary>
/// <param name="model">What names mean in the tree that is visited.</param>
internal sealed class WorkRewriter(SemanticModel model) : CSharpSyntaxRewriter
{
    private static readonly ExpressionSyntax s_work = ParseExpression("global::AirworthyTrial.Work");

    /// <summary>Members of lists and arrays that look at items until they find one.</summary>
    private static readonly HashSet<string> s_walks = new(StringComparer.Ordinal)
    {
        "Contains", "IndexOf", "LastIndexOf", "Remove", "Find", "FindAll", "FindIndex", "FindLast", "FindLastIndex", "Exists", "TrueForAll", "RemoveAll", "Reverse", "ConvertAll", "Insert", "InsertRange", "RemoveAt",
    };

    /// <summary>Queries without a function that go through all items.</summary>
    private static readonly HashSet<string> s_queries = new(StringComparer.Ordinal)
    {
        "Contains", "Distinct", "Union", "Intersect", "Except", "SequenceEqual", "Max", "Min", "Sum", "Average", "Order", "OrderDescending",
    };

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var visited = (InvocationExpressionSyntax)base.VisitInvocationExpression(node)!;
        if (node.Expression is not MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression, Expression: not BaseExpressionSyntax } access || visited.Expression is not MemberAccessExpressionSyntax made || node.ArgumentList.Arguments.Count == 0 && !s_queries.Contains(access.Name.Identifier.Text)
            || !MayConcern(node, access.Name.Identifier.Text) || model.GetSymbolInfo(node).Symbol is not IMethodSymbol method)
        {
            return visited;
        }

        var type = method.ContainingType.OriginalDefinition.ToDisplayString();
        if (type == "System.Linq.Enumerable" && method.ReducedFrom is { } query)
        {
            var hasFunction = query.Parameters.Skip(1).Any(parameter => parameter.Type.TypeKind == TypeKind.Delegate);
            return hasFunction && query.Parameters[0].Type.Name == "IEnumerable" ? visited.WithExpression(made.WithExpression(Call("Each", made.Expression)))
                : !hasFunction && s_queries.Contains(query.Name) ? visited.WithExpression(made.WithExpression(Call("Walk", made.Expression)))
                : visited;
        }

        if (type is "System.Collections.Generic.List<T>" or "System.Collections.Generic.IList<T>" or "System.Collections.Generic.ICollection<T>" or "System.Collections.ObjectModel.Collection<T>" && s_walks.Contains(method.Name))
        {
            // At the beginning all others move; where else it is, is not known.
            return method.Name is "Insert" or "InsertRange" or "RemoveAt" && !(model.GetConstantValue(node.ArgumentList.Arguments[0].Expression) is { HasValue: true, Value: 0 }) ? visited : visited.WithExpression(made.WithExpression(Call("Walk", made.Expression)));
        }

        return type == "System.Array" && s_walks.Contains(method.Name) && visited.ArgumentList.Arguments is [var first, ..] && first.NameColon is null
            ? visited.WithArgumentList(visited.ArgumentList.WithArguments(visited.ArgumentList.Arguments.Replace(first, first.WithExpression(Call("Walk", first.Expression)))))
            : visited;
    }

    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => node;

    public override SyntaxNode? VisitQueryExpression(QueryExpressionSyntax node) => node;

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => IsData(node) ? node : base.VisitSimpleLambdaExpression(node);

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => IsData(node) ? node : base.VisitParenthesizedLambdaExpression(node);

    /// <summary>Whether it is worth asking what a name means: one of ours, or a call with a function.</summary>
    private static bool MayConcern(InvocationExpressionSyntax node, string name) =>
        s_walks.Contains(name) || s_queries.Contains(name) || node.ArgumentList.Arguments.Any(argument => argument.Expression is AnonymousFunctionExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax);

    private bool IsData(LambdaExpressionSyntax node) => model.GetTypeInfo(node).ConvertedType is { Name: "Expression" } type && type.ContainingNamespace.ToDisplayString() == "System.Linq.Expressions";

    private static InvocationExpressionSyntax Call(string method, ExpressionSyntax argument) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, s_work, IdentifierName(method)), ArgumentList(SingletonSeparatedList(Argument(argument.WithoutTrivia())))).WithTriviaFrom(argument);
}
