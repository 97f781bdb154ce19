using Airworthy.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code.Risks;

/// <summary>Waiting that blocks or never ends, and state that others may change between a look and a leap.</summary>
internal static class ConcurrencyRisks
{
    private static readonly string[] s_looks = ["ContainsKey", "Contains", "Any", "Exists", "TryGetValue", "TryPeek"];

    public static IEnumerable<RiskSignal> LostCancellation(ChangedMember member)
    {
        if (member.Nodes[0] is not BaseMethodDeclarationSyntax method
            || method.ParameterList.Parameters.FirstOrDefault(parameter => parameter.Type?.ToString() is "CancellationToken" or "System.Threading.CancellationToken") is not { } token)
        {
            yield break;
        }

        var name = token.Identifier.Text;
        foreach (var call in member.Changed<AwaitExpressionSyntax>().Select(Awaited).OfType<InvocationExpressionSyntax>().Where(member.IsChanged))
        {
            if (call.Passes("CancellationToken.None", "default(CancellationToken)")
                || (call.Name().EndsWith("Async", StringComparison.Ordinal) && call.Name() != "DisposeAsync" && !call.Passes(name, "oken", "ancel", "imeout")))
            {
                yield return new RiskSignal("lost-cancellation", ChangedMember.LineOf(call), $"{call.Name()} is awaited without '{name}', so it can't be cancelled");
            }
        }
    }

    public static IEnumerable<RiskSignal> SyncOverAsync(ChangedMember member)
    {
        foreach (var access in member.Changed<MemberAccessExpressionSyntax>())
        {
            var waits = access.Name.Identifier.Text switch
            {
                "Result" => access.Parent is not InvocationExpressionSyntax && IsTask(access.Expression),
                "Wait" => access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } && IsTask(access.Expression),
                "GetResult" => access.Expression is InvocationExpressionSyntax awaiter && awaiter.Name() == "GetAwaiter",
                _ => false,
            };
            if (waits)
            {
                yield return new RiskSignal("sync-over-async", ChangedMember.LineOf(access), "a thread is blocked until a task is done; under load the pool runs dry");
            }
        }
    }

    public static IEnumerable<RiskSignal> CheckThenAct(ChangedMember member)
    {
        foreach (var check in member.Changed<IfStatementSyntax>().Where(check => !IsLocked(check)))
        {
            foreach (var look in check.Condition.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Where(call => s_looks.Contains(call.Name(), StringComparer.Ordinal)))
            {
                var shared = look.Receiver();
                var isFile = shared is "File" or "Directory";
                if ((isFile || member.HasField(shared)) && Acts(check, shared))
                {
                    yield return new RiskSignal(
                        "check-then-act",
                        ChangedMember.LineOf(check),
                        isFile ? "the file may come or go between the look and what follows" : $"'{shared}' may change between the look and what follows: no lock is held");
                    break;
                }
            }

            if (NullChecked(check.Condition) is { } field && member.HasField(field) && Assigns(check.Statement, field))
            {
                yield return new RiskSignal("check-then-act", ChangedMember.LineOf(check), $"two threads may both find '{field}' unset: no lock is held");
            }
        }
    }

    private static ExpressionSyntax Awaited(AwaitExpressionSyntax awaited) =>
        awaited.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" } configured } ? configured.Expression : awaited.Expression;

    private static bool IsTask(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax call => call.Name().EndsWith("Async", StringComparison.Ordinal) || (call.Receiver() == "Task" && call.Name() is "Run" or "WhenAll" or "WhenAny"),
        _ => Calls.Bare(expression).EndsWith("task", StringComparison.OrdinalIgnoreCase),
    };

    private static bool IsLocked(SyntaxNode node) =>
        node.Ancestors().Any(outer => outer is LockStatementSyntax)
        || node.Ancestors().OfType<BaseMethodDeclarationSyntax>().Any(method => method.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Any(call => call.SpanStart < node.SpanStart && (call.Name() is "WaitAsync" or "Enter" or "EnterScope" or "EnterWriteLock" or "EnterUpgradeableReadLock")))
        || node.Ancestors().OfType<ConstructorDeclarationSyntax>().Any();

    /// <summary>True when what follows the look works on the same thing: in the branch, or after a branch that leaves.</summary>
    private static bool Acts(IfStatementSyntax check, string shared)
    {
        var leaves = check.Statement is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax
            || check.Statement is BlockSyntax { Statements: [.., ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax] };
        var followed = leaves && check.Parent is BlockSyntax block
            ? block.Statements.SkipWhile(statement => statement != check).Skip(1).SelectMany(statement => statement.DescendantNodesAndSelf())
            : check.Statement.DescendantNodesAndSelf().Concat(check.Else?.DescendantNodes() ?? []);
        return followed.Any(node => node switch
        {
            InvocationExpressionSyntax call => call.Receiver() == shared && !s_looks.Contains(call.Name(), StringComparer.Ordinal),
            AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax element } => Calls.Bare(element.Expression) == shared,
            _ => false,
        });
    }

    private static string? NullChecked(ExpressionSyntax condition) => condition switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right.RawKind: (int)SyntaxKind.NullLiteralExpression } equals => Calls.Bare(equals.Left),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } pattern => Calls.Bare(pattern.Expression),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: IdentifierNameSyntax flag } => flag.Identifier.Text,
        _ => null,
    };

    private static bool Assigns(StatementSyntax statement, string field) =>
        statement.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => Calls.Bare(assignment.Left) == field);
}
