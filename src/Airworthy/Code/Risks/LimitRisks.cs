using Airworthy.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Airworthy.Code.Risks;

/// <summary>What has no end: collections that only grow, attempts without number, calls for each item, waits without a limit.</summary>
internal static class LimitRisks
{
    private static readonly string[] s_grows = ["Add", "TryAdd", "GetOrAdd", "AddOrUpdate", "Enqueue", "Push", "AddLast", "AddFirst"];
    private static readonly string[] s_shrinks = ["Remove", "TryRemove", "Clear", "Dequeue", "TryDequeue", "Pop", "TryPop", "RemoveAt", "RemoveAll", "RemoveRange", "RemoveFirst", "RemoveLast", "TryTake", "Take"];
    private static readonly string[] s_stores = ["context", "db", "database", "repository", "store", "connection", "session", "client", "gateway", "dao"];

    public static IEnumerable<RiskSignal> UnboundedGrowth(ChangedMember member)
    {
        foreach (var (shared, at) in Growing(member).DistinctBy(grown => grown.Shared, StringComparer.Ordinal))
        {
            var lasts = member.HasField(shared, isStatic: true) || (member.HasField(shared) && shared.Contains("cache", StringComparison.OrdinalIgnoreCase));
            if (lasts && !member.Type!.DescendantNodes().Any(node => Shrinks(node, shared)))
            {
                yield return new RiskSignal("unbounded-growth", ChangedMember.LineOf(at), $"'{shared}' lives as long as the process, is added to, and never loses anything");
            }
        }
    }

    public static IEnumerable<RiskSignal> UnboundedRetry(ChangedMember member) =>
        from loop in member.Changed<StatementSyntax>()
        where IsEndless(loop)
        from clause in loop.DescendantNodes().OfType<CatchClauseSyntax>()
        where !clause.Block.DescendantNodes().Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax or ReturnStatementSyntax or BreakStatementSyntax)
            && clause.Filter is null && !Caught(clause).Contains("Cancel", StringComparison.Ordinal)
        select new RiskSignal("unbounded-retry", ChangedMember.LineOf(clause), "after an error it tries again, without end");

    public static IEnumerable<RiskSignal> CallInLoop(ChangedMember member)
    {
        foreach (var loop in member.All<CommonForEachStatementSyntax>().OfType<ForEachStatementSyntax>())
        {
            var item = loop.Identifier.Text;
            foreach (var call in loop.Statement.DescendantNodes().OfType<InvocationExpressionSyntax>().Where(member.IsChanged))
            {
                var isAwaited = call.Parent is AwaitExpressionSyntax && call.Name().EndsWith("Async", StringComparison.Ordinal);
                if (IsStore(call.Receiver()) && (isAwaited || IsQuery(call.Name())) && call.ArgumentList.DescendantNodes().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.Text == item))
                {
                    yield return new RiskSignal("call-in-loop", ChangedMember.LineOf(call), $"{call.Receiver()}.{call.Name()} is called once for each '{item}'");
                }
            }
        }
    }

    public static IEnumerable<RiskSignal> MissingTimeout(ChangedMember member)
    {
        foreach (var created in member.Changed<ObjectCreationExpressionSyntax>())
        {
            if (created.Type.ToString() is "HttpClient" or "System.Net.Http.HttpClient"
                && !(created.Initializer?.Expressions.ToString().Contains("Timeout", StringComparison.Ordinal) ?? false)
                && !member.All<AssignmentExpressionSyntax>().Any(assignment => assignment.Left is MemberAccessExpressionSyntax { Name.Identifier.Text: "Timeout" }))
            {
                yield return new RiskSignal("missing-timeout", ChangedMember.LineOf(created), "this client waits 100 seconds for an answer unless told otherwise");
            }
        }

        foreach (var call in member.Changed<InvocationExpressionSyntax>())
        {
            if (call.Name() is "WaitForExit" or "WaitOne" or "WaitForExitAsync" or "AcceptTcpClient" or "SignalAndWait" && call.ArgumentList.Arguments.Count == 0)
            {
                yield return new RiskSignal("missing-timeout", ChangedMember.LineOf(call), $"{call.Name()} waits without a limit");
            }
        }
    }

    private static IEnumerable<(string Shared, SyntaxNode At)> Growing(ChangedMember member) =>
    [
        .. member.Changed<InvocationExpressionSyntax>().Where(call => s_grows.Contains(call.Name(), StringComparer.Ordinal)).Select(call => (call.Receiver(), (SyntaxNode)call)),
        .. member.Changed<AssignmentExpressionSyntax>().Select(assignment => assignment.Left).OfType<ElementAccessExpressionSyntax>().Select(element => (Calls.Bare(element.Expression), (SyntaxNode)element)),
    ];

    /// <summary>True for what takes something away, looks at the number, or begins anew.</summary>
    private static bool Shrinks(SyntaxNode node, string shared) => node switch
    {
        InvocationExpressionSyntax call => call.Receiver() == shared && s_shrinks.Contains(call.Name(), StringComparer.Ordinal),
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Count" } access => Calls.Bare(access.Expression) == shared,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } => name.Identifier.Text == shared,
        ArrayCreationExpressionSyntax => false,
        VariableDeclaratorSyntax declared => declared.Identifier.Text == shared && declared.Initializer?.Value is ArrayCreationExpressionSyntax,
        _ => false,
    };

    private static bool IsEndless(StatementSyntax loop) => loop switch
    {
        WhileStatementSyntax endless => endless.Condition.IsKind(SyntaxKind.TrueLiteralExpression),
        DoStatementSyntax endless => endless.Condition.IsKind(SyntaxKind.TrueLiteralExpression),
        ForStatementSyntax endless => endless.Condition is null,
        _ => false,
    };

    private static string Caught(CatchClauseSyntax clause) => clause.Declaration?.Type.ToString() ?? "";

    private static bool IsStore(string receiver)
    {
        var last = receiver[(receiver.LastIndexOf('.') + 1)..].TrimStart('_');
        return s_stores.Any(store => last.EndsWith(store, StringComparison.OrdinalIgnoreCase)) || s_stores.Any(store => receiver.TrimStart('_').StartsWith(store, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsQuery(string name) =>
        name.StartsWith("Get", StringComparison.Ordinal) || name.StartsWith("Find", StringComparison.Ordinal) || name.StartsWith("Load", StringComparison.Ordinal)
        || name.StartsWith("Query", StringComparison.Ordinal) || name.StartsWith("Execute", StringComparison.Ordinal) || name is "First" or "Single" or "FirstOrDefault" or "SingleOrDefault";
}
