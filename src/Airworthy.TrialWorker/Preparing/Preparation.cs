using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Model;
using Airworthy.Trials;
using Airworthy.TrialWorker.Mutating;
using Microsoft.CodeAnalysis;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>Finds the units of one project and compiles both sides for the trial.</summary>
internal static class Preparation
{
    /// <param name="job">The file of a <see cref="PrepareJob"/>.</param>
    /// <param name="plan">The file to write the <see cref="TrialPlan"/> to.</param>
    public static int Run(string job, string plan)
    {
        var asked = JsonSerializer.Deserialize<PrepareJob>(File.ReadAllBytes(job))!;
        var head = SideCompilation.Read(asked.Head);
        var @base = asked.Base is { } built ? SideCompilation.Read(built) : head.Before(asked.BaseTop, asked.Files);
        var names = asked.Files.Select(file => file.Head).OfType<string>().Select(head.Tree).OfType<SyntaxTree>()
            .SelectMany(tree => Member.Of(tree, head.Compilation.GetSemanticModel(tree)))
            .SelectMany(member => LiteralHarvest.MakersOf(member.Symbol).Prepend(member.Symbol.AssociatedSymbol?.Name ?? (member.Symbol.MethodKind == MethodKind.Constructor ? member.Symbol.ContainingType.Name : member.Symbol.Name)))
            .Concat(FrontDoors.Names(head))
            .ToHashSet(StringComparer.Ordinal);
        var units = new UnitFinder(@base, head, new LiteralHarvest(asked.Tests, names)).Find(asked.Files);
        var wanted = units.Where(unit => asked.Unit is null || unit.Name.Contains(asked.Unit, StringComparison.OrdinalIgnoreCase) || unit.Symbol.Contains(asked.Unit, StringComparison.OrdinalIgnoreCase)).ToImmutableArray();
        var result = wanted.IsEmpty || !asked.Instrument || asked.Base is null
            ? new TrialPlan(wanted, asked.Base?.Assembly ?? "", asked.Head.Assembly, [])
            : Instrumented(@base, head, wanted, asked);
        if (asked.Weigh)
        {
            var (before, after) = (new UnitPatterns(@base), new UnitPatterns(head));
            result = result with { Units = [.. result.Units.Select(unit => unit with { Patterns = [.. after.Of(unit.HeadId).ExceptBy(unit.BaseId is { } id ? before.Of(id).Select(pattern => pattern.Pattern) : [], pattern => pattern.Pattern, StringComparer.Ordinal)] })] };
        }

        if (asked.Schedule)
        {
            result = Scheduling.Run(@base, head, result);
        }

        if (asked.Mutate)
        {
            result = result with { Mutation = MutantCompilation.Run(head, asked.Files, wanted) };
        }

        File.WriteAllBytes(plan, JsonSerializer.SerializeToUtf8Bytes(result));
        return 0;
    }

    private static TrialPlan Instrumented(SideCompilation @base, SideCompilation head, ImmutableArray<TrialUnit> units, PrepareJob asked)
    {
        var before = Instrumentation.Run(@base, asked.Weigh, Changed(asked.Files.Select(file => (file.Base, file.BaseLines))));
        var after = Instrumentation.Run(head, asked.Weigh, Changed(asked.Files.Select(file => (file.Head, file.Lines))));
        ImmutableArray<string> notes = before.Edges > 0 && after.Edges > 0 ? [] : ["a side could not be compiled with counters, so inputs were not led by what they reach"];
        ImmutableArray<TrialUnit> marked = [.. units.Select(unit => unit with { BaseMarks = Marks(unit, before.Marks, unit.BaseCode), HeadMarks = Marks(unit, after.Marks, new UnitCode(unit.Path, unit.Line, unit.EndLine)) })];
        return new TrialPlan(marked, before.Assembly, after.Assembly, notes) { Edges = Math.Min(before.Edges, after.Edges) };
    }

    private static Dictionary<string, ImmutableArray<LineSpan>> Changed(IEnumerable<(string? Path, ImmutableArray<LineSpan> Lines)> files) =>
        files.Where(file => file.Path is not null && file.Lines.Length > 0).DistinctBy(file => file.Path, StringComparer.Ordinal).ToDictionary(file => file.Path!, file => file.Lines, StringComparer.Ordinal);

    /// <summary>The counters at what changed of a unit: in its own code, or, where it is tried for what it calls, anywhere.</summary>
    private static ImmutableArray<int> Marks(TrialUnit unit, ImmutableArray<ChangeMark> marks, UnitCode? code) =>
        [.. marks.Where(mark => unit.Origin == TrialOrigin.Caller || (code is not null && mark.Path == code.Path && mark.Line >= code.Line && mark.Line <= code.EndLine)).Select(mark => mark.Edge).Distinct()];
}
