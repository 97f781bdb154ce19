using System.Collections.Immutable;
using System.Text.Json;
using Airworthy.Trials;
using Airworthy.TrialWorker.Mutating;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Airworthy.TrialWorker.Preparing;

/// <summary>Finds the units of one project and compiles both sides for the trial.</summary>
internal static class Preparation
{
    /// <param name="job">The file of a <see cref="PrepareJob"/>.</param>
    /// <param name="plan">The file to write the <see cref="TrialPlan"/> to.</param>
    public static int Run(string job, string plan)
    {
        var asked = JsonSerializer.Deserialize<PrepareJob>(File.ReadAllBytes(job))!;
        var @base = SideCompilation.Read(asked.Base);
        var head = SideCompilation.Read(asked.Head);
        var names = asked.Files.Select(file => file.Head).OfType<string>().Select(head.Tree).OfType<SyntaxTree>()
            .SelectMany(tree => Member.Of(tree, head.Compilation.GetSemanticModel(tree)))
            .SelectMany(member => LiteralHarvest.MakersOf(member.Symbol).Prepend(member.Symbol.AssociatedSymbol?.Name ?? (member.Symbol.MethodKind == MethodKind.Constructor ? member.Symbol.ContainingType.Name : member.Symbol.Name)))
            .Concat(DoorNames(head))
            .ToHashSet(StringComparer.Ordinal);
        var units = new UnitFinder(@base, head, new LiteralHarvest(asked.Tests, names)).Find(asked.Files);
        var wanted = units.Where(unit => asked.Unit is null || unit.Name.Contains(asked.Unit, StringComparison.OrdinalIgnoreCase) || unit.Symbol.Contains(asked.Unit, StringComparison.OrdinalIgnoreCase)).ToImmutableArray();
        var result = wanted.IsEmpty || !asked.Instrument
            ? new TrialPlan(wanted, asked.Base.Assembly, asked.Head.Assembly, [])
            : Instrumented(@base, head, wanted, asked.Weigh);
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

    /// <summary>Names of public static methods that take a text: what a library's tests go in by.</summary>
    private static IEnumerable<string> DoorNames(SideCompilation side) =>
        side.Compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>())
            .Where(method => method.Modifiers.Any(SyntaxKind.StaticKeyword) && method.Modifiers.Any(SyntaxKind.PublicKeyword) && method.ParameterList.Parameters.FirstOrDefault()?.Type?.ToString() is "string" or "string?")
            .Select(method => method.Identifier.Text);

    private static TrialPlan Instrumented(SideCompilation @base, SideCompilation head, ImmutableArray<TrialUnit> units, bool weigh)
    {
        var (baseAssembly, baseEdges) = Instrumentation.Run(@base, weigh);
        var (headAssembly, headEdges) = Instrumentation.Run(head, weigh);
        ImmutableArray<string> notes = baseEdges > 0 && headEdges > 0 ? [] : ["a side could not be compiled with counters, so inputs were not led by what they reach"];
        return new TrialPlan(units, baseAssembly, headAssembly, notes) { Edges = Math.Min(baseEdges, headEdges) };
    }
}
