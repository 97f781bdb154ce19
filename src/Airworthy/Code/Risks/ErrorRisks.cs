using Airworthy.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code.Risks;

/// <summary>Errors that nobody hears of, and checks that are gone.</summary>
internal static class ErrorRisks
{
    private static readonly string[] s_everything = ["Exception", "System.Exception", "SystemException"];

    public static IEnumerable<RiskSignal> SwallowedException(ChangedMember member) =>
        from clause in member.Changed<CatchClauseSyntax>()
        where IsSwallowed(clause)
        select new RiskSignal("swallowed-exception", ChangedMember.LineOf(clause), "it catches every exception and does nothing with it");

    public static IEnumerable<RiskSignal> SilentErrorPath(ChangedMember member) =>
        from clause in member.Changed<CatchClauseSyntax>()
        where !IsSwallowed(clause) && !TelemetryGaps.IsToldOrThrown(clause.Block) && !TellsCaller(clause) && !IsNoOfTry(clause)
        select new RiskSignal("silent-error-path", ChangedMember.LineOf(clause), $"it deals with {Caught(clause)} and tells neither log, span nor metric");

    public static IEnumerable<RiskSignal> RemovedValidation(ChangedMember member)
    {
        var kept = Guards(member.All<SyntaxNode>()).ToHashSet(StringComparer.Ordinal);
        return
            from guard in Guards(member.AllBefore<SyntaxNode>()).Distinct(StringComparer.Ordinal)
            where !kept.Contains(guard)
            select new RiskSignal("removed-validation", member.Line, $"the check '{Short(guard)}' is gone");
    }

    private static bool IsSwallowed(CatchClauseSyntax clause) =>
        (clause.Declaration is null || s_everything.Contains(clause.Declaration.Type.ToString(), StringComparer.Ordinal))
        && clause.Filter is null
        && !clause.Block.DescendantNodes().Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax or InvocationExpressionSyntax)
        && !TellsCaller(clause);

    /// <summary>True when one kind of error becomes the 'no' of a <c>Try…</c>: that is how such a method tells its caller.</summary>
    private static bool IsNoOfTry(CatchClauseSyntax clause) =>
        clause.Declaration is { } declared && !s_everything.Contains(declared.Type.ToString(), StringComparer.Ordinal)
        && clause.Block.Statements is [.., ReturnStatementSyntax { Expression.RawKind: (int)SyntaxKind.FalseLiteralExpression }]
        && clause.Ancestors().FirstOrDefault(node => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) is { } around
        && (around is MethodDeclarationSyntax { Identifier.Text: var method } ? method : (around as LocalFunctionStatementSyntax)?.Identifier.Text ?? "").StartsWith("Try", StringComparison.Ordinal);

    /// <summary>True when the exception itself is handed on.</summary>
    private static bool TellsCaller(CatchClauseSyntax clause) =>
        clause.Declaration?.Identifier.Text is { Length: > 0 } name
        && clause.Block.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.Text == name);

    private static string Caught(CatchClauseSyntax clause) => clause.Declaration is { } declared ? Short(declared.Type.ToString()) : "any exception";

    /// <summary>What a member refuses: conditions that throw, and calls that throw by their name. One check is one text, however it is written.</summary>
    private static IEnumerable<string> Guards(IEnumerable<SyntaxNode> nodes)
    {
        foreach (var node in nodes)
        {
            switch (node)
            {
                case IfStatementSyntax { Else: null } check when Throws(check.Statement):
                    yield return NullChecked(check.Condition) is { } name ? $"{name} is null" : check.Condition.WithoutTrivia().ToString();
                    break;
                case InvocationExpressionSyntax { ArgumentList.Arguments: [var checkedFor, ..] } call when IsGuard(call):
                    yield return call.Name().EndsWith("IfNull", StringComparison.Ordinal) ? $"{checkedFor} is null" : call.WithoutTrivia().ToString();
                    break;
                case BinaryExpressionSyntax { Right: ThrowExpressionSyntax } otherwise:
                    yield return $"{otherwise.Left.WithoutTrivia()} is null";
                    break;
            }
        }
    }

    private static bool IsGuard(InvocationExpressionSyntax call) =>
        call.Name().StartsWith("ThrowIf", StringComparison.Ordinal) || call.Receiver() is "Throw" or "Guard" or "Ensure" or "Requires";

    private static string? NullChecked(ExpressionSyntax condition) => condition switch
    {
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } pattern => pattern.Expression.ToString(),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression } equals => equals.Left.ToString(),
        _ => null,
    };

    private static bool Throws(StatementSyntax statement) =>
        statement is ThrowStatementSyntax || statement is BlockSyntax { Statements: [.., ThrowStatementSyntax] };

    private static string Short(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 80 ? line : line[..79] + "…";
    }
}
