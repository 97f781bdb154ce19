using Airworthy.TrialWorker.Mutating;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
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

    private readonly List<(int First, int Last, TextSpan Of)> _placed = [];

    /// <summary>The number of the first counter.</summary>
    public int First { get; } = first;

    /// <summary>The number of the next counter.</summary>
    public int Next { get; private set; } = first;

    /// <summary>The counters that say whether a piece of the file ran: those of the narrowest code around it. None when no counter stands around it.</summary>
    /// <param name="span">The piece.</param>
    public IEnumerable<int> Around(TextSpan span)
    {
        var narrowest = _placed.Where(one => one.Of.Contains(span)).Select(one => one.Of.Length).DefaultIfEmpty(-1).Min();
        return _placed.Where(one => one.Of.Length == narrowest && one.Of.Contains(span)).SelectMany(one => Enumerable.Range(one.First, one.Last - one.First + 1));
    }

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

    // A body that is an expression becomes a block, which can be counted.
    public override SyntaxNode? VisitMethodDeclaration(MethodDeclarationSyntax node) => Counted(node, GivesNothing(node.ReturnType, node.Modifiers)) ?? base.VisitMethodDeclaration(node);

    public override SyntaxNode? VisitOperatorDeclaration(OperatorDeclarationSyntax node) => Counted(node, givesNothing: false) ?? base.VisitOperatorDeclaration(node);

    public override SyntaxNode? VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node) => Counted(node, givesNothing: false) ?? base.VisitConversionOperatorDeclaration(node);

    public override SyntaxNode? VisitAccessorDeclaration(AccessorDeclarationSyntax node) =>
        Body(node.ExpressionBody, givesNothing: !node.IsKind(SyntaxKind.GetAccessorDeclaration)) is { } body ? node.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body) : base.VisitAccessorDeclaration(node);

    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node) =>
        Body(node.ExpressionBody, givesNothing: false) is { } body ? node.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(body)) : base.VisitPropertyDeclaration(node);

    public override SyntaxNode? VisitIndexerDeclaration(IndexerDeclarationSyntax node) =>
        Body(node.ExpressionBody, givesNothing: false) is { } body ? node.WithExpressionBody(null).WithSemicolonToken(default).WithAccessorList(Getter(body)) : base.VisitIndexerDeclaration(node);

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        var body = Body(node.ExpressionBody, GivesNothing(node.ReturnType, node.Modifiers));
        return body is null ? base.VisitLocalFunctionStatement(node) : node.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body);
    }

    public override SyntaxNode? VisitBlock(BlockSyntax node)
    {
        var at = At(node);
        var visited = (BlockSyntax)base.VisitBlock(node)!;
        return visited.WithStatements(visited.Statements.Insert(0, at));
    }

    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node)
    {
        var visited = (IfStatementSyntax)base.VisitIfStatement(node)!;
        visited = visited.WithStatement(Wrapped(visited.Statement, node.Statement));
        return visited.Else is { Statement: not IfStatementSyntax } other ? visited.WithElse(other.WithStatement(Wrapped(other.Statement, node.Else!.Statement))) : visited;
    }

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) => base.VisitWhileStatement(node) is WhileStatementSyntax visited ? visited.WithStatement(Wrapped(visited.Statement, node.Statement)) : null;

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node) => base.VisitForStatement(node) is ForStatementSyntax visited ? visited.WithStatement(Wrapped(visited.Statement, node.Statement)) : null;

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node) => base.VisitForEachStatement(node) is ForEachStatementSyntax visited ? visited.WithStatement(Wrapped(visited.Statement, node.Statement)) : null;

    public override SyntaxNode? VisitSwitchSection(SwitchSectionSyntax node)
    {
        var at = At(node);
        var visited = (SwitchSectionSyntax)base.VisitSwitchSection(node)!;
        return visited.WithStatements(visited.Statements.Insert(0, at));
    }

    public override SyntaxNode? VisitSwitchExpressionArm(SwitchExpressionArmSyntax node)
    {
        // The last arm takes what is left; a condition on it would make the compiler doubt that any does.
        if (node.WhenClause is not null || (node.Parent is SwitchExpressionSyntax all && all.Arms[^1] == node))
        {
            return base.VisitSwitchExpressionArm(node);
        }

        var on = Call("On", Number(Place(node, 1)));
        return ((SwitchExpressionArmSyntax)base.VisitSwitchExpressionArm(node)!).WithWhenClause(WhenClause(on).NormalizeWhitespace().WithLeadingTrivia(Space).WithTrailingTrivia(Space));
    }

    public override SyntaxNode? VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        var visited = (ConditionalExpressionSyntax)base.VisitConditionalExpression(node)!;
        return IsPlain(node.Condition) && !node.Condition.HasAnnotations(Schemata.Question) ? visited.WithCondition(If(visited.Condition, node.Condition)) : visited;
    }

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        var visited = base.VisitBinaryExpression(node);
        return visited is BinaryExpressionSyntax binary && node.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression && IsPlain(node.Left)
            ? ((BinaryExpressionSyntax)visited!).WithLeft(If(((BinaryExpressionSyntax)visited).Left, node.Left))
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

    private ExpressionSyntax If(ExpressionSyntax condition, SyntaxNode of) => Call("If", Number(Place(of, 2)), condition.WithoutTrivia()).WithTriviaFrom(condition);

    private StatementSyntax Wrapped(StatementSyntax statement, SyntaxNode of) => statement is BlockSyntax ? statement : Block(At(of), statement);

    /// <summary>The block of a body that is an expression; null when there is none.</summary>
    private BlockSyntax? Body(ArrowExpressionClauseSyntax? arrow, bool givesNothing)
    {
        if (arrow is null)
        {
            return null;
        }

        var at = At(arrow);
        return (ExpressionSyntax)Visit(arrow.Expression)! switch
        {
            ThrowExpressionSyntax thrown => Block(at, ThrowStatement(thrown.Expression.WithLeadingTrivia(Space))),
            var expression when givesNothing => Block(at, ExpressionStatement(expression)),
            var expression => Block(at, ReturnStatement(expression.WithLeadingTrivia(Space))),
        };
    }

    private BaseMethodDeclarationSyntax? Counted(BaseMethodDeclarationSyntax node, bool givesNothing) =>
        Body(node.ExpressionBody, givesNothing) is { } body ? node.WithExpressionBody(null).WithSemicolonToken(default).WithBody(body) : null;

    private static AccessorListSyntax Getter(BlockSyntax body) => AccessorList(SingletonList(AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, body)));

    /// <summary>Whether a body of this type ends without a value: <c>void</c>, or asynchronous without a result.</summary>
    private static bool GivesNothing(TypeSyntax type, SyntaxTokenList modifiers) =>
        type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
        || (modifiers.Any(SyntaxKind.AsyncKeyword) && type is IdentifierNameSyntax or QualifiedNameSyntax { Right: IdentifierNameSyntax } or AliasQualifiedNameSyntax);

    private StatementSyntax At(SyntaxNode of) => ExpressionStatement(Call("At", Number(Place(of, 1))));

    /// <summary>Takes the next counters for a piece of code; gives the first.</summary>
    private int Place(SyntaxNode of, int count)
    {
        _placed.Add((Next, Next + count - 1, of.Span));
        Next += count;
        return Next - count;
    }

    private static LiteralExpressionSyntax Number(int value) => LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(value));

    private static InvocationExpressionSyntax Call(string method, params ExpressionSyntax[] arguments) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, s_edges, IdentifierName(method)), ArgumentList(SeparatedList(arguments.Select(Argument))));
}
