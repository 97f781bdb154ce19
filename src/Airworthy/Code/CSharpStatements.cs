using System.Collections.Immutable;
using Airworthy.Model;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code;

/// <summary>The statements of a C# file by syntax: what runs, not what groups (blocks) or declares (local functions); an expression body is one.</summary>
public static class CSharpStatements
{
    /// <summary>The line each statement starts on, in order; empty where the file can't be read.</summary>
    public static ImmutableArray<int> Lines(RepoPath path, string text) =>
    [
        .. CSharpUnits.Members(path, text)
            .SelectMany(member => member.Nodes)
            .SelectMany(node => node.DescendantNodesAndSelf())
            .Where(node => node is StatementSyntax and not BlockSyntax and not LocalFunctionStatementSyntax and not EmptyStatementSyntax
                || node is ArrowExpressionClauseSyntax)
            .Select(node => (node.Span.Start, Line: node.GetLocation().GetLineSpan().StartLinePosition.Line + 1))
            .DistinctBy(place => place.Start)
            .Select(place => place.Line)
            .Order(),
    ];
}
