using System.Collections.Immutable;
using Airworthy.Trials;
using Microsoft.CodeAnalysis;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>Readies a plan for trials of several threads: says of which units the state is shared, and compiles both sides with the steps of a schedule.</summary>
internal static class Scheduling
{
    /// <summary>The plan with what it needs; as it was when nothing in it is shared.</summary>
    public static TrialPlan Run(SideCompilation @base, SideCompilation head, TrialPlan plan)
    {
        var (before, after) = (new SharedTypes(@base), new SharedTypes(head));
        var units = plan.Units.Select(unit => unit with { Shared = Owner(head, unit.HeadId) is { } now ? after.WhyOf(now) ?? (unit.BaseId is { } id && Owner(@base, id) is { } was && before.WhyOf(was) is { } why ? why + " at the base" : null) : null }).ToImmutableArray();
        var shared = units.Where(unit => unit.Shared is not null).ToList();
        if (shared.Count == 0)
        {
            return plan with { Units = units };
        }

        var headFile = Instrumentation.RunScheduled(head, SharedTypes.Around(shared.Select(unit => Owner(head, unit.HeadId)!)));
        if (headFile is null)
        {
            return plan with { Units = [.. units.Select(unit => unit with { Shared = null })], Notes = [.. plan.Notes, "the head could not be compiled with the steps of a schedule, so nothing was tried with several threads"] };
        }

        var baseFile = Instrumentation.RunScheduled(@base, SharedTypes.Around(shared.Select(unit => unit.BaseId is { } id ? Owner(@base, id) : null).OfType<INamedTypeSymbol>()));
        return plan with { Units = units, Scheduled = new ScheduledSides(baseFile, headFile) };
    }

    private static INamedTypeSymbol? Owner(SideCompilation side, string id) => DocumentationCommentId.GetFirstSymbolForDeclarationId(id, side.Compilation)?.ContainingType?.OriginalDefinition;
}
