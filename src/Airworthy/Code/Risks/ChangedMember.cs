using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code.Risks;

/// <summary>A C# member that a change touched, as it is and as it was.</summary>
/// <param name="Nodes">Its syntax at the head: one node, or the statements of a program without a class.</param>
/// <param name="Before">Its syntax before the change; empty when it is new.</param>
/// <param name="ChangedLines">The lines of the file that the change wrote.</param>
internal sealed record ChangedMember(ImmutableArray<SyntaxNode> Nodes, ImmutableArray<SyntaxNode> Before, IReadOnlySet<int> ChangedLines)
{
    /// <summary>The line it starts on.</summary>
    public int Line => LineOf(Nodes[0]);

    /// <summary>The type it stands in; null for a program without a class.</summary>
    public TypeDeclarationSyntax? Type => Nodes[0].FirstAncestorOrSelf<TypeDeclarationSyntax>();

    /// <summary>All nodes of a kind at the head.</summary>
    public IEnumerable<T> All<T>()
        where T : SyntaxNode => Within<T>(Nodes);

    /// <summary>All nodes of a kind before the change.</summary>
    public IEnumerable<T> AllBefore<T>()
        where T : SyntaxNode => Within<T>(Before);

    /// <summary>Nodes of a kind that have a changed line.</summary>
    public IEnumerable<T> Changed<T>()
        where T : SyntaxNode => All<T>().Where(IsChanged);

    /// <summary>True when one of the node's lines is changed.</summary>
    public bool IsChanged(SyntaxNode node)
    {
        var lines = node.GetLocation().GetLineSpan();
        for (var line = lines.StartLinePosition.Line + 1; line <= lines.EndLinePosition.Line + 1; line++)
        {
            if (ChangedLines.Contains(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where a node starts, from 1.</summary>
    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>True when the type has a field of that name; <paramref name="isStatic"/> limits it to static ones.</summary>
    public bool HasField(string name, bool isStatic = false) =>
        FieldOf(name) is { } field && (!isStatic || field.Modifiers.Any(modifier => modifier.Text is "static"));

    /// <summary>The declaration of the type's field of that name; null when there is none.</summary>
    public FieldDeclarationSyntax? FieldOf(string name) => Type?.Members.OfType<FieldDeclarationSyntax>()
        .FirstOrDefault(field => field.Declaration.Variables.Any(variable => variable.Identifier.Text == name));

    private static IEnumerable<T> Within<T>(ImmutableArray<SyntaxNode> nodes)
        where T : SyntaxNode => nodes.SelectMany(node => node.DescendantNodesAndSelf()).OfType<T>();
}
