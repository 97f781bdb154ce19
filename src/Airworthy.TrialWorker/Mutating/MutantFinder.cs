using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Airworthy.TrialWorker.Mutating;

/// <summary>
/// Finds the mutants of a member's changed lines: what a slip of a key makes of them. What has to be a constant, is data to somebody (an expression tree), or declares what other
/// code reads is left alone.
/// </summary>
/// <param name="model">What names and operators mean.</param>
/// <param name="isChanged">Whether a line, from 1, was changed.</param>
internal sealed class MutantFinder(SemanticModel model, Func<int, bool> isChanged) : CSharpSyntaxWalker
{
    private const string Boundary = "boundary", Equality = "equality", Logical = "logical", Negation = "negation", Arithmetic = "arithmetic", Removal = "statement removal", Update = "update", Assignment = "assignment", Coalescing = "null coalescing", Literals = "literal", Method = "method";

    /// <summary>The mutators by how much a survivor of theirs says: where a line has more mutants than are kept, the first stay.</summary>
    private static readonly string[] s_order = [Boundary, Logical, Equality, Negation, Arithmetic, Removal, Update, Assignment, Coalescing, Method, Literals];

    private static readonly Dictionary<SyntaxKind, (string Mutator, SyntaxKind[] Instead)> s_binary = new()
    {
        [SyntaxKind.LessThanExpression] = (Boundary, [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanOrEqualExpression]),
        [SyntaxKind.LessThanOrEqualExpression] = (Boundary, [SyntaxKind.LessThanExpression, SyntaxKind.GreaterThanExpression]),
        [SyntaxKind.GreaterThanExpression] = (Boundary, [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanOrEqualExpression]),
        [SyntaxKind.GreaterThanOrEqualExpression] = (Boundary, [SyntaxKind.GreaterThanExpression, SyntaxKind.LessThanExpression]),
        [SyntaxKind.EqualsExpression] = (Equality, [SyntaxKind.NotEqualsExpression]),
        [SyntaxKind.NotEqualsExpression] = (Equality, [SyntaxKind.EqualsExpression]),
        [SyntaxKind.LogicalAndExpression] = (Logical, [SyntaxKind.LogicalOrExpression]),
        [SyntaxKind.LogicalOrExpression] = (Logical, [SyntaxKind.LogicalAndExpression]),
        [SyntaxKind.AddExpression] = (Arithmetic, [SyntaxKind.SubtractExpression]),
        [SyntaxKind.SubtractExpression] = (Arithmetic, [SyntaxKind.AddExpression]),
        [SyntaxKind.MultiplyExpression] = (Arithmetic, [SyntaxKind.DivideExpression]),
        [SyntaxKind.DivideExpression] = (Arithmetic, [SyntaxKind.MultiplyExpression]),
        [SyntaxKind.ModuloExpression] = (Arithmetic, [SyntaxKind.MultiplyExpression]),
        [SyntaxKind.BitwiseAndExpression] = (Arithmetic, [SyntaxKind.BitwiseOrExpression]),
        [SyntaxKind.BitwiseOrExpression] = (Arithmetic, [SyntaxKind.BitwiseAndExpression]),
        [SyntaxKind.ExclusiveOrExpression] = (Arithmetic, [SyntaxKind.BitwiseAndExpression]),
        [SyntaxKind.LeftShiftExpression] = (Arithmetic, [SyntaxKind.RightShiftExpression]),
        [SyntaxKind.RightShiftExpression] = (Arithmetic, [SyntaxKind.LeftShiftExpression]),
    };

    private static readonly Dictionary<SyntaxKind, SyntaxKind> s_assignments = new()
    {
        [SyntaxKind.AddAssignmentExpression] = SyntaxKind.SubtractAssignmentExpression,
        [SyntaxKind.SubtractAssignmentExpression] = SyntaxKind.AddAssignmentExpression,
        [SyntaxKind.MultiplyAssignmentExpression] = SyntaxKind.DivideAssignmentExpression,
        [SyntaxKind.DivideAssignmentExpression] = SyntaxKind.MultiplyAssignmentExpression,
        [SyntaxKind.AndAssignmentExpression] = SyntaxKind.OrAssignmentExpression,
        [SyntaxKind.OrAssignmentExpression] = SyntaxKind.AndAssignmentExpression,
        [SyntaxKind.CoalesceAssignmentExpression] = SyntaxKind.SimpleAssignmentExpression,
    };

    /// <summary>Methods of the framework that are mistaken for each other.</summary>
    private static readonly Dictionary<string, string> s_methods = Pairs(
        ("First", "Last"), ("FirstOrDefault", "LastOrDefault"), ("Any", "All"), ("Min", "Max"), ("MinBy", "MaxBy"), ("Skip", "Take"), ("SkipWhile", "TakeWhile"), ("OrderBy", "OrderByDescending"),
        ("ThenBy", "ThenByDescending"), ("Append", "Prepend"), ("Union", "Intersect"), ("StartsWith", "EndsWith"), ("IndexOf", "LastIndexOf"), ("TrimStart", "TrimEnd"), ("PadLeft", "PadRight"),
        ("ToUpper", "ToLower"), ("ToUpperInvariant", "ToLowerInvariant"), ("Ceiling", "Floor"));

    private readonly Arid _arid = new(model);
    private readonly List<Mutation> _found = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<Mutation> Found => _found;

    /// <summary>Calls on changed lines that were left alone.</summary>
    public int AridCalls { get; private set; }

    /// <summary>The rank of a mutator, 0 for the one whose survivors say most.</summary>
    public static int Order(Mutation mutation) => Array.IndexOf(s_order, mutation.Mutator);

    public override void Visit(SyntaxNode? node)
    {
        if (node is null || IsFixed(node))
        {
            return;
        }

        if (_arid.Is(node))
        {
            AridCalls += node is not ArgumentSyntax && isChanged(Line(node.GetLocation())) ? 1 : 0;
            return;
        }

        base.Visit(node);
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        if (s_binary.TryGetValue(node.Kind(), out var known) && IsMeant(node))
        {
            foreach (var kind in known.Instead)
            {
                Add(node, node.OperatorToken, known.Mutator, BinaryExpression(kind, Bare(node.Left), Bare(node.Right)));
            }
        }
        else if (node.IsKind(SyntaxKind.CoalesceExpression) && node.Right is not ThrowExpressionSyntax)
        {
            Add(node, node.OperatorToken, Coalescing, node.Right);
            Add(node, node.OperatorToken, Coalescing, node.Left);
        }

        base.VisitBinaryExpression(node);
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        switch (node.Kind())
        {
            case SyntaxKind.LogicalNotExpression:
                Add(node, node.OperatorToken, Negation, node.Operand);
                break;
            case SyntaxKind.UnaryMinusExpression or SyntaxKind.BitwiseNotExpression when node.Operand is not LiteralExpressionSyntax:
                Add(node, node.OperatorToken, Arithmetic, node.Operand);
                break;
            case SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression when !IsStatement(node):
                Add(node, node.OperatorToken, Update, PrefixUnaryExpression(Other(node.Kind()), Bare(node.Operand)));
                break;
        }

        base.VisitPrefixUnaryExpression(node);
    }

    public override void VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node)
    {
        if (node.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression && !IsStatement(node))
        {
            Add(node, node.OperatorToken, Update, PostfixUnaryExpression(Other(node.Kind()), Bare(node.Operand)));
        }

        base.VisitPostfixUnaryExpression(node);
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        SyntaxNode? instead = node.Kind() switch
        {
            SyntaxKind.TrueLiteralExpression => LiteralExpression(SyntaxKind.FalseLiteralExpression),
            SyntaxKind.FalseLiteralExpression => LiteralExpression(SyntaxKind.TrueLiteralExpression),
            SyntaxKind.StringLiteralExpression => LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(node.Token.ValueText.Length == 0 ? "Airworthy" : "")),
            SyntaxKind.NumericLiteralExpression => node.Token.Value switch
            {
                int number when number < int.MaxValue => LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(number + 1)),
                long number when number < long.MaxValue => LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(number + 1)),
                double number => LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(number + 1)),
                decimal number when number < 1_000_000 => LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(number + 1)),
                _ => null,
            },
            _ => null,
        };
        if (instead is not null)
        {
            Add(node, node.Token, Literals, instead);
        }
    }

    public override void VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
        if (node.Contents.Count > 0 && model.GetTypeInfo(node).ConvertedType?.SpecialType == SpecialType.System_String)
        {
            Add(node, node.StringStartToken, Literals, LiteralExpression(SyntaxKind.StringLiteralExpression, Literal("")));
        }

        base.VisitInterpolatedStringExpression(node);
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        Negate(node.Condition);
        base.VisitIfStatement(node);
    }

    public override void VisitWhileStatement(WhileStatementSyntax node)
    {
        Negate(node.Condition);
        base.VisitWhileStatement(node);
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        Negate(node.Condition);
        base.VisitConditionalExpression(node);
    }

    public override void VisitReturnStatement(ReturnStatementSyntax node)
    {
        Negate(node.Expression);
        base.VisitReturnStatement(node);
    }

    public override void VisitArrowExpressionClause(ArrowExpressionClauseSyntax node)
    {
        Negate(node.Expression);
        base.VisitArrowExpressionClause(node);
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (node.Expression is MemberAccessExpressionSyntax access && s_methods.TryGetValue(access.Name.Identifier.Text, out var other)
            && (node.ArgumentList.Arguments.Count > 0 || other is not "All") && model.GetSymbolInfo(node).Symbol is IMethodSymbol { ContainingNamespace: { } space } && space.ToDisplayString().StartsWith("System", StringComparison.Ordinal))
        {
            Add(node, access.Name.Identifier, Method, node.WithoutTrivia().WithExpression(access.WithoutTrivia().WithName(access.Name switch
            {
                GenericNameSyntax generic => generic.WithIdentifier(Identifier(other)),
                _ => IdentifierName(other),
            })));
        }

        base.VisitInvocationExpression(node);
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        if (_arid.Is(node.Expression))
        {
            Visit(node.Expression);
            return;
        }

        switch (node.Expression)
        {
            case AssignmentExpressionSyntax assignment when s_assignments.TryGetValue(assignment.Kind(), out var other) && (assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) || IsNumber(assignment.Left)):
                Add(node, assignment.OperatorToken, Assignment, ExpressionStatement(AssignmentExpression(other, Bare(assignment.Left), Bare(assignment.Right))));
                break;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } prefix:
                Add(node, prefix.OperatorToken, Update, ExpressionStatement(PrefixUnaryExpression(Other(prefix.Kind()), Bare(prefix.Operand))));
                break;
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } postfix:
                Add(node, postfix.OperatorToken, Update, ExpressionStatement(PostfixUnaryExpression(Other(postfix.Kind()), Bare(postfix.Operand))));
                break;
        }

        Remove(node);
        base.VisitExpressionStatement(node);
    }

    public override void VisitThrowStatement(ThrowStatementSyntax node)
    {
        Remove(node);
        base.VisitThrowStatement(node);
    }

    public override void VisitContinueStatement(ContinueStatementSyntax node) => Remove(node);

    public override void VisitYieldStatement(YieldStatementSyntax node)
    {
        Remove(node);
        base.VisitYieldStatement(node);
    }

    /// <summary>A step of a loop has to be a statement: what stands in it is left alone.</summary>
    public override void VisitForStatement(ForStatementSyntax node)
    {
        Visit(node.Declaration);
        Visit(node.Condition);
        Visit(node.Statement);
    }

    private void Remove(StatementSyntax node) => Add(node, node.GetFirstToken(), Removal, replacement: null);

    private void Negate(ExpressionSyntax? condition)
    {
        // A comparison and a junction have mutants of their own that say the same.
        if (condition is not (null or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or LiteralExpressionSyntax or ParenthesizedExpressionSyntax or ThrowExpressionSyntax)
            && model.GetTypeInfo(condition).Type?.SpecialType == SpecialType.System_Boolean)
        {
            Add(condition, condition.GetFirstToken(), Negation, PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(Bare(condition))));
        }
    }

    private void Add(SyntaxNode node, SyntaxToken at, string mutator, SyntaxNode? replacement)
    {
        var line = Line(at.GetLocation());
        if (isChanged(line) && !node.ContainsDirectives && !node.ContainsDiagnostics && !Declares(node) && !IsPartOfAccess(node))
        {
            _found.Add(new Mutation(node, line, mutator, replacement));
        }
    }

    /// <summary>Text joined to text has no minus, and what a user's operator gives may be anything.</summary>
    private bool IsMeant(BinaryExpressionSyntax node) =>
        s_binary[node.Kind()].Mutator != Arithmetic || (model.GetTypeInfo(node).Type is { SpecialType: not SpecialType.System_String, TypeKind: not TypeKind.Delegate } type && (IsNumber(type) || type.TypeKind == TypeKind.Enum || node.Kind() is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression));

    private bool IsNumber(ExpressionSyntax expression) => model.GetTypeInfo(expression).Type is { } type && IsNumber(type);

    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Char || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private bool IsFixed(SyntaxNode node) => node switch
    {
        AttributeListSyntax or EnumMemberDeclarationSyntax or CaseSwitchLabelSyntax or PatternSyntax or GotoStatementSyntax or ParameterListSyntax or BaseTypeSyntax or TypeArgumentListSyntax or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax or FixedStatementSyntax => true,
        LocalDeclarationStatementSyntax local => local.IsConst,
        InterpolationFormatClauseSyntax or InterpolationAlignmentClauseSyntax => true,
        RefExpressionSyntax => true,
        LambdaExpressionSyntax lambda => model.GetTypeInfo(lambda).ConvertedType is { Name: "Expression", ContainingNamespace.Name: "Expressions" },
        QueryExpressionSyntax query => model.GetTypeInfo(query).Type?.Name == "IQueryable",
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        _ => false,
    };

    /// <summary>What a node declares, code after it reads: it can't stand in two places.</summary>
    private static bool Declares(SyntaxNode node) => node.DescendantNodes().Any(one => one is SingleVariableDesignationSyntax or LocalFunctionStatementSyntax && one.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>() is var inner && (inner is null || !node.Contains(inner)));

    /// <summary>What follows a <c>?.</c> is no expression by itself.</summary>
    private static bool IsPartOfAccess(SyntaxNode node) =>
        node.DescendantNodesAndSelf().Any(one => one is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax && one.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is { } access && !node.Contains(access));

    private static bool IsStatement(SyntaxNode node) => node.Parent is ExpressionStatementSyntax or ForStatementSyntax;

    private static SyntaxKind Other(SyntaxKind kind) => kind switch
    {
        SyntaxKind.PreIncrementExpression => SyntaxKind.PreDecrementExpression,
        SyntaxKind.PreDecrementExpression => SyntaxKind.PreIncrementExpression,
        SyntaxKind.PostIncrementExpression => SyntaxKind.PostDecrementExpression,
        _ => SyntaxKind.PostIncrementExpression,
    };

    private static ExpressionSyntax Bare(ExpressionSyntax node) => node.WithoutTrivia();

    private static int Line(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;

    private static Dictionary<string, string> Pairs(params (string One, string Other)[] pairs) =>
        pairs.SelectMany(pair => new[] { (pair.One, pair.Other), (One: pair.Other, Other: pair.One) }).ToDictionary(pair => pair.One, pair => pair.Other, StringComparer.Ordinal);
}
