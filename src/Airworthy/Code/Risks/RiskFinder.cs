using System.Collections.Immutable;
using System.Text;
using Airworthy.Model;

namespace Airworthy.Code.Risks;

/// <summary>
/// Finds in changed C# what reviews miss, by syntax alone: what a name is bound to is not known, so a signal asks for evidence and is no verdict. See
/// docs/design/risks.md for what each rule sees and what it can't.
/// </summary>
public static class RiskFinder
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

    /// <summary>The signals of one file, each with the member it stands in.</summary>
    /// <param name="path">The file.</param>
    /// <param name="head">Its content at the head.</param>
    /// <param name="before">Its content before the change; null when it is new.</param>
    /// <param name="changedLines">The lines that the change wrote, at the head.</param>
    /// <param name="removedAfter">The lines at the head after which the change took others away.</param>
    public static ImmutableArray<RiskSignal> Find(RepoPath path, byte[] head, byte[]? before, IReadOnlySet<int> changedLines, IReadOnlySet<int> removedAfter)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(changedLines);
        ArgumentNullException.ThrowIfNull(removedAfter);
        if (CodeUnits.Language(path) != "csharp" || head.Length > CodeUnits.MaxBytes || before?.Length > CodeUnits.MaxBytes)
        {
            return [];
        }

        var earlier = CSharpUnits.Members(path, before is null ? "" : Encoding.UTF8.GetString(before)).ToLookup(member => member.Unit.Symbol, member => member.Nodes, StringComparer.Ordinal);
        return
        [
            .. from member in CSharpUnits.Members(path, Encoding.UTF8.GetString(head))
               where changedLines.Any(member.Unit.Span.Contains) || removedAfter.Any(member.Unit.Span.Contains)
               let changed = new ChangedMember(member.Nodes, earlier[member.Unit.Symbol].FirstOrDefault([]), changedLines)
               from rule in s_rules
               from signal in rule(changed)
               orderby signal.Line
               select signal,
        ];
    }
}
