using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>
/// Puts a step before each thing that another thread could notice or change: reads and writes of fields (between the two of <c>n++</c> as well), uses of collections, locks, waits, awaits. Who waits,
/// waits as the schedule says. Constructors are left: nobody else has the object yet.
/// </summary>
/// <param name="model">What names mean in the tree that is visited.</param>
/// <param name="watched">The types whose fields are watched; waits are scheduled everywhere.</param>
/// <param name="places">Where the points are noted.</param>
internal sealed class PointRewriter(SemanticModel model, IReadOnlySet<INamedTypeSymbol> watched, PointPlaces places) : CSharpSyntaxRewriter
{
    private static readonly ExpressionSyntax s_points = ParseExpression("global::AirworthyTrial.Points");

    private bool _isWatched;
    private bool _isMaking;

    public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) => Within(node, () => base.VisitClassDeclaration(node));

    public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) => Within(node, () => base.VisitStructDeclaration(node));

    public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node) => Within(node, () => base.VisitRecordDeclaration(node));

    public override SyntaxNode? VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        if (node.Modifiers.Any(SyntaxKind.StaticKeyword))
        {
            return node;
        }

        _isMaking = true;
        var visited = node.WithBody((BlockSyntax?)Visit(node.Body)).WithExpressionBody((ArrowExpressionClauseSyntax?)Visit(node.ExpressionBody));
        _isMaking = false;
        return visited;
    }

    // A static field is given its first value again before each run.
    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) =>
        _isWatched && node.Modifiers.Any(SyntaxKind.StaticKeyword) && node.Modifiers.FirstOrDefault(one => one.IsKind(SyntaxKind.ReadOnlyKeyword)) is { RawKind: not 0 } only ? node.WithModifiers(node.Modifiers.Remove(only)) : node;

    public override SyntaxNode? VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        var visited = node.WithAccessorList((AccessorListSyntax?)Visit(node.AccessorList)).WithExpressionBody((ArrowExpressionClauseSyntax?)Visit(node.ExpressionBody));
        return _isWatched && node.Modifiers.Any(SyntaxKind.StaticKeyword) && node is { Parent: not InterfaceDeclarationSyntax, AccessorList.Accessors: [{ RawKind: (int)SyntaxKind.GetAccessorDeclaration, Body: null, ExpressionBody: null }] }
            ? visited.WithAccessorList(visited.AccessorList!.AddAccessors(Setter()))
            : visited;
    }

    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => node;

    public override SyntaxNode? VisitParameterList(ParameterListSyntax node) => node;

    public override SyntaxNode? VisitQueryExpression(QueryExpressionSyntax node) => node;

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => IsData(node) ? node : base.VisitSimpleLambdaExpression(node);

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => IsData(node) ? node : base.VisitParenthesizedLambdaExpression(node);

    // What is passed by reference is a place, not a value.
    public override SyntaxNode? VisitArgument(ArgumentSyntax node) => node.RefKindKeyword.IsKind(SyntaxKind.None) ? base.VisitArgument(node) : node;

    public override SyntaxNode? VisitRefExpression(RefExpressionSyntax node) => node;

    public override SyntaxNode? VisitLockStatement(LockStatementSyntax node)
    {
        var point = places.Add(node.Expression, "locks");
        var gate = "airworthyGate" + point.ToString(CultureInfo.InvariantCulture);
        var expression = (ExpressionSyntax)Visit(node.Expression);
        var body = (StatementSyntax)Visit(node.Statement);
        return Block(
            LocalDeclarationStatement(VariableDeclaration(IdentifierName("var")).AddVariables(VariableDeclarator(gate).WithInitializer(EqualsValueClause(expression)))).NormalizeWhitespace(),
            ExpressionStatement(Call("Enter", Number(point), IdentifierName(gate))),
            TryStatement(body as BlockSyntax ?? Block(body), List<CatchClauseSyntax>(), FinallyClause(Block(ExpressionStatement(Call("Exit", IdentifierName(gate))))))).WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitForEachStatement(ForEachStatementSyntax node)
    {
        var visited = (ForEachStatementSyntax)base.VisitForEachStatement(node)!;
        return visited.WithExpression(Touched(node.Expression, visited.Expression, isWrite: false));
    }

    public override SyntaxNode? VisitAwaitExpression(AwaitExpressionSyntax node)
    {
        var visited = (AwaitExpressionSyntax)base.VisitAwaitExpression(node)!;
        if (node.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" } access } && PointCalls.IsTask(model.GetTypeInfo(access.Expression).Type))
        {
            var call = (InvocationExpressionSyntax)visited.Expression;
            var on = (MemberAccessExpressionSyntax)call.Expression;
            return visited.WithExpression(call.WithExpression(on.WithExpression(Call("Await", Number(places.Add(node, "awaits")), on.Expression.WithoutTrivia()))));
        }

        return PointCalls.IsTask(model.GetTypeInfo(node.Expression).Type)
            ? visited.WithExpression(Call("Await", Number(places.Add(node, "awaits")), visited.Expression.WithoutTrivia())).WithAwaitKeyword(visited.AwaitKeyword.WithTrailingTrivia(Space))
            : visited;
    }

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var visited = base.VisitInvocationExpression(node);
        if (visited is not InvocationExpressionSyntax call || !MayConcern(node) || model.GetSymbolInfo(node).Symbol is not IMethodSymbol method)
        {
            return visited;
        }

        if (PointCalls.Instead(method) is { } instead && (method.IsStatic || node.Expression is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression }))
        {
            ArgumentSyntax[] receiver = method.IsStatic ? [] : [Argument(((MemberAccessExpressionSyntax)call.Expression).Expression.WithoutTrivia())];
            if (!method.IsStatic && method.ContainingType.IsValueType)
            {
                // The lock itself, and not a copy of it.
                receiver = [Argument(((MemberAccessExpressionSyntax)node.Expression).Expression.WithoutTrivia()).WithRefKindKeyword(Token(SyntaxKind.RefKeyword).WithTrailingTrivia(Space))];
            }

            var shim = MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, s_points, IdentifierName(instead));
            return InvocationExpression(shim, ArgumentList(SeparatedList([Argument(Number(places.Add(node, Verb(instead)))), .. receiver, .. call.ArgumentList.Arguments]))).WithTriviaFrom(node);
        }

        return !method.ReturnsVoid && (PointCalls.IsAtomic(method) || (method.Name == "Release" && method.ContainingType.Name == "SemaphoreSlim")) ? Read(node, call, "calls") : visited;
    }

    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        var visited = (ExpressionStatementSyntax)base.VisitExpressionStatement(node)!;
        if (node.Expression is not InvocationExpressionSyntax call || !MayConcern(call) || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
        {
            return visited;
        }

        return method.ReturnsVoid && PointCalls.IsAtomic(method) ? Block(ExpressionStatement(At(call, "calls")), visited)
            : method.Name == "SpinOnce" && method.ContainingType.Name == "SpinWait" ? Block(ExpressionStatement(Call("Yield", Number(places.Add(call, "spins")))), visited)
            : visited;
    }

    public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        // A name at its end is no value by itself.
        var visited = node.WithExpression((ExpressionSyntax)Visit(node.Expression));
        var type = node.Name.Identifier.Text is "Value" or "Result" or "Wait" or "GetAwaiter" ? model.GetTypeInfo(node.Expression).Type : null;
        if (node.Name.Identifier.Text == "Value" && type?.OriginalDefinition.ToDisplayString() == "System.Lazy<T>")
        {
            return Call("Value", Number(places.Add(node, "asks")), visited.Expression.WithoutTrivia()).WithTriviaFrom(node);
        }

        if (node.Name.Identifier.Text != "Value" && PointCalls.IsTask(type))
        {
            return visited.WithExpression(Call("Await", Number(places.Add(node, "awaits")), visited.Expression.WithoutTrivia()));
        }

        visited = visited.WithExpression(Touched(node.Expression, visited.Expression, PointCalls.Writes(node.Name.Identifier.Text)));
        return IsRead(node) && IsWatched(node) ? Read(node, visited, "reads") : visited;
    }

    public override SyntaxNode? VisitConditionalAccessExpression(ConditionalAccessExpressionSyntax node)
    {
        var visited = (ConditionalAccessExpressionSyntax)base.VisitConditionalAccessExpression(node)!;
        var isWrite = node.WhenNotNull is InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.Text: var name } } && PointCalls.Writes(name);
        return visited.WithExpression(Touched(node.Expression, visited.Expression, isWrite));
    }

    public override SyntaxNode? VisitElementAccessExpression(ElementAccessExpressionSyntax node)
    {
        var visited = (ElementAccessExpressionSyntax)base.VisitElementAccessExpression(node)!;
        visited = visited.WithExpression(Touched(node.Expression, visited.Expression, isWrite: IsWritten(node)));
        return IsRead(node) && IsWatched(node) ? Read(node, visited, "reads") : visited;
    }

    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) => IsRead(node) && IsWatched(node) ? Read(node, node, "reads") : node;

    public override SyntaxNode? VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        // What is set on a new object nobody else has.
        if (node.Parent is InitializerExpressionSyntax || node.Right is RefExpressionSyntax)
        {
            return node.WithRight((ExpressionSyntax)Visit(node.Right));
        }

        var visited = (AssignmentExpressionSyntax)base.VisitAssignmentExpression(node)!;
        if (!IsWatched(node.Left) || node.Right is ThrowExpressionSyntax || NameOf(Written(node)) is not { } name)
        {
            return visited;
        }

        var written = visited.WithRight(Generic("Then", name, visited.Right.WithoutTrivia(), At(node.Left, "writes")));
        return node.IsKind(SyntaxKind.SimpleAssignmentExpression) ? written : Call("Of", At(node.Left, "reads"), written.WithoutTrivia()).WithTriviaFrom(node);
    }

    /// <summary>The type that what is written has, so that it still fits where it is named.</summary>
    private ITypeSymbol? Written(AssignmentExpressionSyntax node)
    {
        var (target, given) = (model.GetTypeInfo(node.Left).Type, model.GetTypeInfo(node.Right).Type);
        return node.Kind() switch
        {
            SyntaxKind.SimpleAssignmentExpression => target,
            SyntaxKind.LeftShiftAssignmentExpression or SyntaxKind.RightShiftAssignmentExpression or SyntaxKind.UnsignedRightShiftAssignmentExpression => given,
            SyntaxKind.CoalesceAssignmentExpression => target?.IsReferenceType == true ? target : given,
            _ => target?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double && model.GetConstantValue(node.Right).HasValue ? target : given ?? target,
        };
    }

    public override SyntaxNode? VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node) =>
        node.IsKind(SyntaxKind.PreIncrementExpression) || node.IsKind(SyntaxKind.PreDecrementExpression) ? Stepped(node, node.Operand, isBefore: true) : node.IsKind(SyntaxKind.AddressOfExpression) ? node : base.VisitPrefixUnaryExpression(node);

    public override SyntaxNode? VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node) =>
        node.IsKind(SyntaxKind.PostIncrementExpression) || node.IsKind(SyntaxKind.PostDecrementExpression) ? Stepped(node, node.Operand, isBefore: node.Parent is ExpressionStatementSyntax or ForStatementSyntax) : base.VisitPostfixUnaryExpression(node);

    /// <summary>An increment as what it is: a read, and a write after it.</summary>
    private ExpressionSyntax Stepped(ExpressionSyntax node, ExpressionSyntax operand, bool isBefore)
    {
        var type = model.GetTypeInfo(operand).Type;
        if (!IsWatched(operand) || type is null || type.SpecialType is not (>= SpecialType.System_SByte and <= SpecialType.System_Double))
        {
            return node;
        }

        var isUp = node.IsKind(SyntaxKind.PreIncrementExpression) || node.IsKind(SyntaxKind.PostIncrementExpression);
        var place = (ExpressionSyntax)Visit(operand).WithoutTrivia();
        var stepped = Call("Of", At(operand, "reads"), AssignmentExpression(isUp ? SyntaxKind.AddAssignmentExpression : SyntaxKind.SubtractAssignmentExpression, place, Generic("Then", NameOf(type)!, Number(1), At(operand, "writes")))).WithTriviaFrom(node);
        return isBefore ? stepped : CheckedExpression(SyntaxKind.UncheckedExpression, CastExpression(ParseTypeName(NameOf(type)!), ParenthesizedExpression(BinaryExpression(isUp ? SyntaxKind.SubtractExpression : SyntaxKind.AddExpression, stepped, Number(1)))));
    }

    private SyntaxNode? Within(TypeDeclarationSyntax node, Func<SyntaxNode?> visit)
    {
        var (isWatched, isMaking) = (_isWatched, _isMaking);
        (_isWatched, _isMaking) = (model.GetDeclaredSymbol(node) is { } type && watched.Contains(type), false);
        var visited = visit();
        (_isWatched, _isMaking) = (isWatched, isMaking);
        return visited;
    }

    /// <summary>Whether an expression is a place that another thread could have, too: a field, a property that is one, an item of an array in one.</summary>
    private bool IsWatched(ExpressionSyntax node)
    {
        if (!_isWatched)
        {
            return false;
        }

        if (node is ElementAccessExpressionSyntax element)
        {
            return model.GetTypeInfo(element.Expression).Type is IArrayTypeSymbol && model.GetSymbolInfo(element.Expression).Symbol is IFieldSymbol or IPropertySymbol && NameOf(model.GetTypeInfo(node).Type) is not null;
        }

        var symbol = node is IdentifierNameSyntax or MemberAccessExpressionSyntax ? model.GetSymbolInfo(node).Symbol : null;
        return symbol switch
        {
            IFieldSymbol field => field is { IsConst: false, IsReadOnly: false, IsFixedSizeBuffer: false, RefKind: RefKind.None } && IsOfWatched(field) && !field.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "ThreadStaticAttribute") && NameOf(field.Type) is not null,
            IPropertySymbol property => property is { IsIndexer: false, SetMethod: { IsInitOnly: false }, IsAbstract: false } && IsOfWatched(property) && IsField(property) && NameOf(property.Type) is not null,
            _ => false,
        };
    }

    private bool IsOfWatched(ISymbol symbol) => watched.Contains(symbol.ContainingType.OriginalDefinition) && !(_isMaking && !symbol.IsStatic);

    private static bool IsField(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax { AccessorList: { } accessors } && accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null);

    private bool IsRead(ExpressionSyntax node) => node.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == node && !IsChangedInPlace(node),
        ElementAccessExpressionSyntax element => element.Expression != node || !IsChangedInPlace(node),
        AssignmentExpressionSyntax assignment => assignment.Left != node,
        PrefixUnaryExpressionSyntax prefix => !prefix.IsKind(SyntaxKind.PreIncrementExpression) && !prefix.IsKind(SyntaxKind.PreDecrementExpression),
        PostfixUnaryExpressionSyntax postfix => !postfix.IsKind(SyntaxKind.PostIncrementExpression) && !postfix.IsKind(SyntaxKind.PostDecrementExpression),
        ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None) && !IsTarget(argument) && argument.Parent?.Parent is not InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } },
        RefExpressionSyntax or MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or QualifiedNameSyntax or TypeArgumentListSyntax or NameMemberCrefSyntax or ExpressionColonSyntax => false,
        _ => true,
    };

    private static bool IsTarget(ArgumentSyntax argument) => argument.Parent is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple && assignment.Left == tuple;

    /// <summary>Whether a member of a value may change it where it stands, so that a copy will not do.</summary>
    private bool IsChangedInPlace(ExpressionSyntax node) =>
        model.GetTypeInfo(node).Type is { IsValueType: true, IsReadOnly: false, TypeKind: not TypeKind.Enum } type && type.SpecialType is < SpecialType.System_Boolean or > SpecialType.System_Double && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T;

    private static bool IsWritten(ElementAccessExpressionSyntax node) =>
        (node.Parent is AssignmentExpressionSyntax assignment && assignment.Left == node) || node.Parent is PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression };

    private bool IsData(LambdaExpressionSyntax node) => model.GetTypeInfo(node).ConvertedType is { Name: "Expression" } type && type.ContainingNamespace.ToDisplayString() == "System.Linq.Expressions";

    private static bool MayConcern(InvocationExpressionSyntax node) => node.Expression switch
    {
        MemberAccessExpressionSyntax access => PointCalls.MayConcern(access.Name.Identifier.Text, (access.Expression as SimpleNameSyntax ?? (access.Expression as MemberAccessExpressionSyntax)?.Name)?.Identifier.Text) || access.Name.Identifier.Text is "Release" or "SpinOnce",
        _ => false,
    };

    /// <summary>A collection in a field, as what it is used by.</summary>
    private ExpressionSyntax Touched(ExpressionSyntax original, ExpressionSyntax visited, bool isWrite)
    {
        if (!_isWatched || original is not (IdentifierNameSyntax or MemberAccessExpressionSyntax) || model.GetSymbolInfo(original).Symbol is not (IFieldSymbol or IPropertySymbol) || (_isMaking && model.GetSymbolInfo(original).Symbol is { IsStatic: false }))
        {
            return visited;
        }

        var type = model.GetTypeInfo(original).Type;
        return PointCalls.IsUnsafe(type) ? Call("Touch", Number(places.Add(original, isWrite ? "changes" : "looks into")), visited.WithoutTrivia(), LiteralExpression(isWrite ? SyntaxKind.TrueLiteralExpression : SyntaxKind.FalseLiteralExpression))
            : PointCalls.IsConcurrent(type) ? Call("Touch", Number(places.Add(original.Parent!, "calls")), visited.WithoutTrivia())
            : visited;
    }

    private InvocationExpressionSyntax Read(ExpressionSyntax node, ExpressionSyntax visited, string verb) => Call("Of", At(node, verb), visited.WithoutTrivia()).WithTriviaFrom(node);

    private InvocationExpressionSyntax At(ExpressionSyntax node, string verb) => Call("At", Number(places.Add(node, verb)));

    private static string Verb(string instead) => instead switch
    {
        "Enter" or "EnterScope" or "TryEnter" => "locks",
        "Exit" => "unlocks",
        "Sleep" or "Delay" or "SpinWait" or "SpinUntil" or "Wait" or "WaitAsync" or "WaitOne" => "waits",
        _ => "calls",
    };

    /// <summary>A type as C#; null when it can't be a type argument.</summary>
    private static string? NameOf(ITypeSymbol? type) =>
        type is null or IErrorTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol || type.IsRefLikeType || type.IsAnonymousType || type.SpecialType == SpecialType.System_Void ? null : type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static AccessorDeclarationSyntax Setter() =>
        AccessorDeclaration(SyntaxKind.SetAccessorDeclaration).WithSemicolonToken(Token(SyntaxKind.SemicolonToken));

    private static LiteralExpressionSyntax Number(int value) => LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(value));

    private static InvocationExpressionSyntax Call(string method, params ExpressionSyntax[] arguments) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, s_points, IdentifierName(method)), ArgumentList(SeparatedList(arguments.Select(Argument))));

    private static InvocationExpressionSyntax Generic(string method, string type, params ExpressionSyntax[] arguments) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, s_points, GenericName(method).AddTypeArgumentListArguments(ParseTypeName(type))), ArgumentList(SeparatedList(arguments.Select(Argument))));
}
