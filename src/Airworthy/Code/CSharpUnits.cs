using System.Collections.Immutable;
using Airworthy.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code;

/// <summary>
/// The methods, constructors, accessors and operators of a C# file, by syntax alone. Lambdas and local functions belong to the member they
/// stand in; top-level statements are one unit. Identities are written like documentation-comment ids; types appear in them as the source
/// writes them, keywords by their full names, since nothing is bound.
/// </summary>
internal static class CSharpUnits
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <summary>Brackets open at once within one statement; the parser looks ahead through them without a guard and would overflow the stack.</summary>
    private const int MaxOpenBrackets = 200;

    /// <summary>The units in the file's order; what the parser can't read has none. Never throws.</summary>
    public static ImmutableArray<CodeUnit> Read(RepoPath path, string text) => [.. Members(path, text).Select(member => member.Unit)];

    /// <summary>The units with their syntax: a member's node, or, of top-level statements, each statement.</summary>
    public static ImmutableArray<(CodeUnit Unit, ImmutableArray<SyntaxNode> Nodes)> Members(RepoPath path, string text) =>
        Parse(text) is { } root ? Members(path, root) : [];

    /// <inheritdoc cref="Members(RepoPath, string)"/>
    public static ImmutableArray<(CodeUnit Unit, ImmutableArray<SyntaxNode> Nodes)> Members(RepoPath path, CompilationUnitSyntax root)
    {
        try
        {
            var units = ImmutableArray.CreateBuilder<(CodeUnit, ImmutableArray<SyntaxNode>)>();
            AddTopLevel(root, path, units);
            foreach (var node in root.DescendantNodes(Descends))
            {
                if (CSharpSymbol.Of(node) is { } symbol)
                {
                    units.Add((new CodeUnit("csharp", symbol.Id, symbol.Name, path, SpanOf(node)), [node]));
                }
            }

            return units.ToImmutable();
        }
        catch (InsufficientExecutionStackException)
        {
            // A text nested thousands deep: no person or agent wrote it.
            return [];
        }
    }

    /// <summary>The file's syntax; null where it nests too deep to be read.</summary>
    public static CompilationUnitSyntax? Parse(string text)
    {
        try
        {
            return NestsTooDeep(text) ? null : CSharpSyntaxTree.ParseText(text, s_options).GetCompilationUnitRoot();
        }
        catch (InsufficientExecutionStackException)
        {
            return null;
        }
    }

    private static bool NestsTooDeep(string text)
    {
        var open = 0;
        foreach (var c in text)
        {
            open = c switch
            {
                '(' or '[' or '<' => open + 1,
                ')' or ']' or '>' => Math.Max(0, open - 1),
                ';' or '{' or '}' => 0,
                _ => open,
            };
            if (open > MaxOpenBrackets)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Descends(SyntaxNode node) =>
        node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or BasePropertyDeclarationSyntax or AccessorListSyntax
            or EventDeclarationSyntax;

    private static void AddTopLevel(
        CompilationUnitSyntax root, RepoPath path, ImmutableArray<(CodeUnit Unit, ImmutableArray<SyntaxNode> Nodes)>.Builder units)
    {
        var statements = root.Members.OfType<GlobalStatementSyntax>().ToArray();
        if (statements.Length > 0)
        {
            var span = new LineSpan(SpanOf(statements[0]).Start, SpanOf(statements[^1]).End);
            units.Add((new CodeUnit("csharp", "M:Program.<Main>$", "Program.<Main>$", path, span), [.. statements]));
        }
    }

    /// <summary>The lines of a node.</summary>
    public static LineSpan SpanOf(SyntaxNode node)
    {
        var lines = node.GetLocation().GetLineSpan();
        return new LineSpan(lines.StartLinePosition.Line + 1, lines.EndLinePosition.Line + 1);
    }
}
