using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Airworthy.TrialWorker.Mutating;

/// <summary>
/// Puts mutants into a tree, each asleep behind its number: <c>Is(17) ? mutated : original</c>. One compile then holds them all, and marks on the nodes tell which of them the compiler
/// refuses.
/// </summary>
internal static class Schemata
{
    /// <summary>The mark on a mutated alternative; its text is the mutant's number.</summary>
    public const string Alternative = "airworthy-mutant";

    /// <summary>The mark on what holds alternatives; its text are their numbers.</summary>
    public const string Holder = "airworthy-mutants";

    /// <summary>The mark on what asks which mutant is awake.</summary>
    public const string Question = "airworthy-mutant-question";

    /// <summary>The type that the switch is in.</summary>
    public const string TypeName = "AirworthyTrial.Mutants";

    private static readonly ExpressionSyntax s_is = ParseExpression("global::AirworthyTrial.Mutants.Is");

    /// <summary>The switch: added to the compilation as a file of its own.</summary>
    public static string Switch(int mutants) => $$"""
        namespace AirworthyTrial
        {
            internal static class Mutants
            {
                public static int Active;
                public static readonly bool[] Reached = new bool[{{mutants}} + 1];
                public static readonly int[] Touched = new int[{{mutants}} + 2];

                public static bool Is(int mutant)
                {
                    if (!Reached[mutant])
                    {
                        Reached[mutant] = true;
                        int at = Touched[0] + 1;
                        if (at < Touched.Length)
                        {
                            Touched[at] = mutant;
                            Touched[0] = at;
                        }
                    }

                    return Active == mutant;
                }
            }
        }
        """;

    /// <summary>The tree with the mutants in it.</summary>
    public static SyntaxNode Insert(SyntaxNode root, IEnumerable<(int Id, Mutation Mutation)> mutants)
    {
        var byNode = mutants.ToLookup(one => one.Mutation.Node);
        return root.ReplaceNodes(byNode.Select(group => group.Key), (node, rewritten) => rewritten is StatementSyntax statement
            ? Around(statement, byNode[node])
            : Around((ExpressionSyntax)rewritten, byNode[node]));
    }

    /// <summary>The numbers of mutants that a place in a tree belongs to: of the alternative around it, else of what holds it; none when it lies outside.</summary>
    public static IEnumerable<int> At(SyntaxNode node)
    {
        foreach (var one in node.AncestorsAndSelf())
        {
            var marks = one.GetAnnotations(Alternative).Concat(one.GetAnnotations(Holder)).ToList();
            if (marks.Count > 0)
            {
                return Numbers(marks);
            }
        }

        return [];
    }

    /// <summary>The numbers of all mutants in a node.</summary>
    public static IEnumerable<int> In(SyntaxNode node) => Numbers(node.GetAnnotatedNodes(Holder).SelectMany(one => one.GetAnnotations(Holder)));

    private static IEnumerable<int> Numbers(IEnumerable<SyntaxAnnotation> marks) =>
        marks.SelectMany(mark => mark.Data!.Split(' ')).Select(number => int.Parse(number, CultureInfo.InvariantCulture));

    private static StatementSyntax Around(StatementSyntax original, IEnumerable<(int Id, Mutation Mutation)> mutants)
    {
        StatementSyntax result = Block(original.WithoutTrivia());
        foreach (var (id, mutation) in mutants.Reverse())
        {
            var instead = mutation.Replacement is StatementSyntax statement ? Block(statement) : Block();
            result = IfStatement(Is(id), instead.WithAdditionalAnnotations(new SyntaxAnnotation(Alternative, Text(id))), ElseClause(result));
        }

        return result.WithTriviaFrom(original).WithAdditionalAnnotations(All(mutants));
    }

    private static ExpressionSyntax Around(ExpressionSyntax original, IEnumerable<(int Id, Mutation Mutation)> mutants)
    {
        ExpressionSyntax result = ParenthesizedExpression(original.WithoutTrivia());
        foreach (var (id, mutation) in mutants.Reverse())
        {
            var instead = ParenthesizedExpression(((ExpressionSyntax)mutation.Replacement!).WithoutTrivia());
            result = ParenthesizedExpression(ConditionalExpression(Is(id), instead.WithAdditionalAnnotations(new SyntaxAnnotation(Alternative, Text(id))), result));
        }

        return result.WithTriviaFrom(original).WithAdditionalAnnotations(All(mutants));
    }

    private static SyntaxAnnotation All(IEnumerable<(int Id, Mutation Mutation)> mutants) => new(Holder, string.Join(' ', mutants.Select(one => Text(one.Id))));

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);

    private static InvocationExpressionSyntax Is(int id) =>
        InvocationExpression(s_is, ArgumentList(SingletonSeparatedList(Argument(LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(id)))))).WithAdditionalAnnotations(new SyntaxAnnotation(Question));
}
