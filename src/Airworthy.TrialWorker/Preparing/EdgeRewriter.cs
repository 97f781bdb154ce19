using Airworthy.TrialWorker.Mutating;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>
/// Puts a counter on each way through the code: blocks, branches, loops, cases, and both ends of a condition. What it can't touch without changing what compiles
/// (patterns that declare, expression trees, constants) it leaves alone.
/// </summary>
/// <param name="first">The number of the first counter.</param>
internal sealed class EdgeRewriter(int first) : CSharpSyntaxRewriter
{
    private static readonly ExpressionSyntax s_edges = ParseExpression("global::AirworthyTrial.Edges");

    /// <summary>The number of the next counter.</summary>
    public int Next { get; private set; } = first;

    /// <summary>What the counters are: added to the compilation as a file of its own.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isBounded">Whether a call ends by an exception when it has passed <c>Most</c> edges, or is about to overflow its stack.</param>
    public static string Counters(int count, bool isBounded = false) => $$"""
        namespace AirworthyTrial
        {
            internal static class Edges
            {
                public static readonly byte[] Counts = new byte[{{count}} + 1];
                public static readonly int[] Touched = new int[{{count}} + 2];
                public static readonly long[] Steps = new long[1];
                public static readonly long[] Most = { long.MaxValue };

                public static void At(int edge)
                {
                    unchecked
                    {
                        Steps[0]++;
                        {{(isBounded ? Bound : "")}}
                        byte count = Counts[edge];
                        if (count == 255)
                        {
                            return;
                        }

                        Counts[edge] = (byte)(count + 1);
                        if (count == 0)
                        {
                            int at = Touched[0] + 1;
                            if (at < Touched.Length)
                            {
                                Touched[at] = edge;
                                Touched[0] = at;
                            }
                        }
                    }
                }

                public static bool If(int edge, bool value)
                {
                    At(value ? edge : edge + 1);
                    return value;
                }

                public static bool On(int edge)
                {
                    At(edge);
                    return true;
                }
            }
        }
        """;

    private const string Bound = """
        if (Steps[0] > Most[0])
        {
            throw new System.TimeoutException("AirworthyTrial: more steps than it may take");
        }

        if ((Steps[0] & 15) == 0)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        }
        """;

    public override SyntaxNode? VisitBlock(BlockSyntax node)
    {
        var at = At();
        var visited = (BlockSyntax)base.VisitBlock(node)!;
        return visited.WithStatements(visited.Statements.Insert(0, at));
    }

    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node)
    {
        var visited = (IfStatementSyntax)base.VisitIfStatement(node)!;
        visited = visited.WithStatement(Wrapped(visited.Statement));
        return visited.Else is { Statement: not IfStatementSyntax } other ? visited.WithElse(other.WithStatement(Wrapped(other.Statement))) : visited;
    }

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) => base.VisitWhileStatement(node) is WhileStatementSyntax visited ? visited.WithStatement(Wrapped(visited.Statement)) : null;

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) => base.VisitForStatement(node) is ForStatementSyntax visited ? visited.WithStatement(Wrapped(visited.Statement)) : null;

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) => base.VisitForEachStatement(node) is ForEachStatementSyntax visited ? visited.WithStatement(Wrapped(visited.Statement)) : null;

    public override SyntaxNode? VisitSwitchSection(SwitchSectionSyntax node)
    {
        var at = At();
        var visited = (SwitchSectionSyntax)base.VisitSwitchSection(node)!;
        return visited.WithStatements(visited.Statements.Insert(0, at));
    }

    public override SyntaxNode? VisitSwitchExpressionArm(SwitchExpressionArmSyntax node)
    {
        var on = Call("On", Number(Next++));
        var visited = (SwitchExpressionArmSyntax)base.VisitSwitchExpressionArm(node)!;
        // The last arm takes what is left; a condition on it would make the compiler doubt that any does.
        return node.Parent is SwitchExpressionSyntax all && all.Arms[^1] == node ? visited
            : visited.WhenClause is null ? visited.WithWhenClause(WhenClause(on).NormalizeWhitespace().WithLeadingTrivia(Space).WithTrailingTrivia(Space)) : visited;
    }

    public override SyntaxNode? VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        var visited = (ConditionalExpressionSyntax)base.VisitConditionalExpression(node)!;
        return IsPlain(node.Condition) && !node.Condition.HasAnnotations(Schemata.Question) ? visited.WithCondition(If(visited.Condition)) : visited;
    }

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        var visited = base.VisitBinaryExpression(node);
        return visited is BinaryExpressionSyntax binary && node.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression && IsPlain(node.Left)
            ? ((BinaryExpressionSyntax)visited!).WithLeft(If(((BinaryExpressionSyntax)visited).Left))
            : visited;
    }

    // An expression tree is data to somebody: it is left as it is, and nobody can tell it from a function by its syntax.
    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node.ExpressionBody is null ? base.VisitSimpleLambdaExpression(node) : node;

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node.ExpressionBody is null ? base.VisitParenthesizedLambdaExpression(node) : node;

    public override SyntaxNode? VisitQueryExpression(QueryExpressionSyntax node) => node;

    // What has to be a constant stays one.
    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => node;

    public override SyntaxNode? VisitParameterList(ParameterListSyntax node) => node;

    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) => node;

    public override SyntaxNode? VisitEnumMemberDeclaration(EnumMemberDeclarationSyntax node) => node;

    public override SyntaxNode? VisitCaseSwitchLabel(CaseSwitchLabelSyntax node) => node;

    public override SyntaxNode? VisitConstantPattern(ConstantPatternSyntax node) => node;

    public override SyntaxNode? VisitRelationalPattern(RelationalPatternSyntax node) => node;

    public override SyntaxNode? VisitGotoStatement(GotoStatementSyntax node) => node;

    public override SyntaxNode? VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node) => node.IsConst ? node : base.VisitLocalDeclarationStatement(node);

    // A program's own beginning is not called by a trial.
    public override SyntaxNode? VisitGlobalStatement(GlobalStatementSyntax node) => node;

    private static bool IsPlain(ExpressionSyntax condition) =>
        !condition.DescendantNodesAndSelf().Any(node => node is SingleVariableDesignationSyntax or AnonymousFunctionExpressionSyntax || node is ArgumentSyntax { RefKindKeyword.RawKind: not 0 });

    private ExpressionSyntax If(ExpressionSyntax condition)
    {
        var call = Call("If", Number(Next), condition.WithoutTrivia());
        Next += 2;
        return call.WithTriviaFrom(condition);
    }

    private StatementSyntax Wrapped(StatementSyntax statement) => statement is BlockSyntax ? statement : Block(At(), statement);

    private StatementSyntax At() => ExpressionStatement(Call("At", Number(Next++)));

    private static LiteralExpressionSyntax Number(int value) => LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(value));

    private static InvocationExpressionSyntax Call(string method, params ExpressionSyntax[] arguments) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, s_edges, IdentifierName(method)), ArgumentList(SeparatedList(arguments.Select(Argument))));
}
