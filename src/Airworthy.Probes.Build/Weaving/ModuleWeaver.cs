using System.Collections.Immutable;
using Airworthy.Probes.Build.Choosing;
using dnlib.DotNet;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>Weaves the chosen methods of one module.</summary>
internal static class ModuleWeaver
{
    /// <summary>Weaves <paramref name="module"/> in memory, and tells what became of each method. Nothing is added when no method is chosen.</summary>
    public static ImmutableArray<ReportedMethod> Weave(ModuleDef module, IReadOnlyList<ChosenMethod> methods, string revision, bool hasFlags)
    {
        var probes = methods.Any(IsWoven) ? ProbeClass.AddTo(module, new RuntimeTypes(module)) : null;
        var table = new List<ProbeTable.Method>();
        var report = ImmutableArray.CreateBuilder<ReportedMethod>(methods.Count);
        var flags = 0;
        foreach (var chosen in methods)
        {
            var reason = chosen.Reason;
            if (IsWoven(chosen))
            {
                // The compiler's own code is asked, before any of ours is in it.
                var canThrow = !ThrowFreedom.Holds(chosen.Method.Body);
                var statements = hasFlags ? StatementFlags.Weave(chosen.Method, chosen.Source, probes!, flags) : [];
                var missing = Weave(chosen.Method, probes!, CellLayout.First + table.Count, canThrow);
                reason = missing.Length > 0 ? missing : reason;
                table.Add(Entry(chosen, statements));
                flags += statements.Length;
            }
            else if (chosen.IsChosen)
            {
                reason = "its state machine is not one this version knows";
            }

            report.Add(new ReportedMethod(
                chosen.Method.Id, chosen.Method.Part, chosen.Source.Path, chosen.Method.Lines!.First, IsWoven(chosen), reason));
        }

        probes?.Complete(new ProbeTable(revision, [.. table]).ToBytes(), table.Count, flags);
        return report.MoveToImmutable();
    }

    private static bool IsWoven(ChosenMethod chosen) =>
        chosen.IsChosen && (chosen.Method.Shape == MethodShape.Plain || MachineProbe.Knows(chosen.Method));

    private static string Weave(UserMethod method, ProbeClass probes, int cell, bool canThrow) =>
        method.Shape == MethodShape.Plain ? PlainProbe.Weave(method.Body, probes, cell, canThrow) : MachineProbe.Weave(method, probes, cell);

    private static ProbeTable.Method Entry(ChosenMethod chosen, int[] statements)
    {
        var kind = chosen.Method.Shape switch
        {
            MethodShape.Plain => ProbeTable.Kind.Plain,
            MethodShape.Async => ProbeTable.Kind.Async,
            _ => ProbeTable.Kind.Iterator,
        };
        return new ProbeTable.Method(
            kind, chosen.Method.Name, chosen.Method.Id, chosen.Method.Part, chosen.Source.Path, chosen.Method.Lines!.First, statements);
    }
}
