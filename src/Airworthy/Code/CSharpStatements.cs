using System.Collections.Immutable;
using Airworthy.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code;

/// <summary>The statements of C# by syntax: what runs, not what groups (blocks) or declares (local functions); an expression body is one.</summary>
public static class CSharpStatements
{
    /// <summary>The line each statement of a file starts on, in order; empty where the file can't be read.</summary>
    public static ImmutableArray<int> Lines(RepoPath path, string text) =>
        [.. CSharpUnits.Members(path, text).SelectMany(member => member.Nodes).SelectMany(In).DistinctBy(node => node.Span).Select(LineOf).Order()];

    internal static IEnumerable<SyntaxNode> In(SyntaxNode member) => member.DescendantNodesAndSelf().Where(node =>
        node is StatementSyntax and not BlockSyntax and not LocalFunctionStatementSyntax and not EmptyStatementSyntax || node is ArrowExpressionClauseSyntax);

    internal static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
