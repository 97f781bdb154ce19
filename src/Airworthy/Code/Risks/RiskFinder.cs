using System.Collections.Immutable;
using Airworthy.Model;
using Microsoft.CodeAnalysis;

namespace Airworthy.Code.Risks;

/// <summary>
/// Finds in changed C# what reviews miss, by syntax alone: what a name is bound to is not known, so a signal asks for evidence and is no verdict. See
/// docs/design/risks.md for what each rule sees and what it can't.
/// </summary>
internal static class RiskFinder
{
    private static readonly Func<ChangedMember, IEnumerable<RiskSignal>>[] s_rules =
    [
        ErrorRisks.SwallowedException,
        ErrorRisks.SilentErrorPath,
        ErrorRisks.RemovedValidation,
        ConcurrencyRisks.LostCancellation,
        ConcurrencyRisks.SyncOverAsync,
        ConcurrencyRisks.CheckThenAct,
        LimitRisks.UnboundedGrowth,
        LimitRisks.UnboundedRetry,
        LimitRisks.CallInLoop,
        LimitRisks.MissingTimeout,
        ValueRisks.CultureDependent,
        ValueRisks.ChangedBound,
        ValueRisks.ChangedDefault,
    ];

    /// <summary>The signals of one file, in the order of its lines.</summary>
    /// <param name="head">Its members at the head.</param>
    /// <param name="before">Its members before the change; none when it is new.</param>
    /// <param name="changedLines">The lines that the change wrote, at the head.</param>
    /// <param name="removedAfter">The lines at the head after which the change took others away.</param>
    public static ImmutableArray<RiskSignal> Find(
        ImmutableArray<(CodeUnit Unit, ImmutableArray<SyntaxNode> Nodes)> head,
        ImmutableArray<(CodeUnit Unit, ImmutableArray<SyntaxNode> Nodes)> before,
        IReadOnlySet<int> changedLines,
        IReadOnlySet<int> removedAfter)
    {
        var earlier = before.ToLookup(member => member.Unit.Symbol, member => member.Nodes, StringComparer.Ordinal);
        return
        [
            .. from member in head
               where changedLines.Any(member.Unit.Span.Contains) || removedAfter.Any(member.Unit.Span.Contains)
               let changed = new ChangedMember(member.Nodes, earlier[member.Unit.Symbol].FirstOrDefault([]), changedLines)
               from rule in s_rules
               from signal in rule(changed)
               orderby signal.Line
               select signal,
        ];
    }
}
