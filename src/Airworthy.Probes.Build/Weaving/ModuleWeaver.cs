using System.Collections.Immutable;
using Airworthy.Probes.Build.Choosing;
using Airworthy.Probes.Build.Patching;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>Weaves the chosen methods of one module.</summary>
internal static class ModuleWeaver
{
    /// <summary>Weaves <paramref name="assembly"/> in memory, and tells what became of each method. Nothing is added when no method is chosen.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="methods">Its methods.</param>
    /// <param name="revision">The commit it is built from; empty when not known.</param>
    /// <param name="hasFlags">True to mark statements that ran.</param>
    /// <param name="recordings">Which types can't be boxed, when calls are to be recordable; null when not.</param>
    public static ImmutableArray<ReportedMethod> Weave(EditedAssembly assembly, IReadOnlyList<ChosenMethod> methods, string revision, bool hasFlags, ByRefLikeTypes? recordings = null)
    {
        var module = assembly.Module;
        var woven = methods.Where(IsWoven).ToList();
        var probes = woven.Count > 0 ? ProbeClass.AddTo(module, isRecordable: recordings is not null) : null;
        var table = new List<ProbeTable.Method>();
        var missing = new Dictionary<ChosenMethod, string>(ReferenceEqualityComparer.Instance);
        var flags = 0;
        // Two lambdas on one line can't be told apart by what telemetry carries: they are counted as one.
        foreach (var same in woven.GroupBy(Place))
        {
            var cell = CellLayout.First + table.Count;
            var statements = new List<int>();
            var recorded = new List<ProbeTable.Recordable>();
            var entries = 0;
            foreach (var chosen in same)
            {
                // Symbols name places by their offset until they are read: they must be, while the offsets are the compiler's.
                _ = chosen.Method.Body.CustomDebugInfos.Count;
                // The compiler's own code is asked, before any of ours is in it.
                var canThrow = !ThrowFreedom.Holds(chosen.Method.Body);
                var hook = recordings is null || recorded.Count == CellLayout.MostParts ? null : RecordingHook.For(chosen.Method, probes!, cell, recorded.Count, recordings);
                recorded.AddRange(hook is null ? [] : [hook.Recordable]);
                var editor = new BodyEditor(chosen.Method.Body.Body);
                if (hasFlags)
                {
                    var (entry, lines) = StatementFlags.Weave(chosen.Method, editor, chosen.Source, probes!, flags + statements.Count, hook);
                    statements.AddRange(lines);
                    entries += entry;
                }

                missing[chosen] = Weave(chosen.Method, editor, probes!, cell, canThrow, hook);
                editor.Done();
                if (recordings is not null && hook is null)
                {
                    missing[chosen] += (missing[chosen].Length > 0 ? "; " : "") + (RecordingHook.WhyNot(chosen.Method) ?? "not recorded: too many begin on its line");
                }

                assembly.Keep(chosen.Method.Body);
                if (hook is not null && chosen.Method.Shape == MethodShape.Async)
                {
                    // The record of an async method begins in the method that starts its machine.
                    assembly.Keep(chosen.Method.Written);
                }
            }

            var kind = same.Max(chosen => KindOf(chosen.Method.Shape));
            table.Add(new ProbeTable.Method(
                kind, same.First().Method.Name, same.Key.Id, same.Key.Part, same.Key.File, same.Key.Line, entries, [.. statements]) { Recorded = [.. recorded] });
            flags += statements.Count;
        }

        probes?.Complete(new ProbeTable(revision, [.. table]) { Assembly = module.Assembly?.Name ?? "" }.ToBytes(), table.Count, flags);
        return [.. methods.Select(chosen => Reported(chosen, missing.GetValueOrDefault(chosen)))];
    }

    /// <param name="chosen">The method.</param>
    /// <param name="missing">What its probe does not count; null when it got none.</param>
    private static ReportedMethod Reported(ChosenMethod chosen, string? missing)
    {
        var place = Place(chosen);
        var reason = chosen.IsChosen && missing is null ? "its state machine is not one this version knows" : string.IsNullOrEmpty(missing) ? chosen.Reason : missing;
        return new ReportedMethod(place.Id, place.Part, place.File, place.Line, missing is not null, reason);
    }

    private static (string Id, string Part, string File, int Line) Place(ChosenMethod chosen) =>
        (chosen.Method.Id, chosen.Method.Part, chosen.Source.Path, chosen.Method.Lines!.First);

    private static ProbeTable.Kind KindOf(MethodShape shape) => shape switch
    {
        MethodShape.Plain => ProbeTable.Kind.Plain,
        MethodShape.Async => ProbeTable.Kind.Async,
        _ => ProbeTable.Kind.Iterator,
    };

    private static bool IsWoven(ChosenMethod chosen) =>
        chosen.IsChosen && (chosen.Method.Shape == MethodShape.Plain || MachineProbe.Knows(chosen.Method));

    private static string Weave(UserMethod method, BodyEditor editor, ProbeClass probes, int cell, bool canThrow, RecordingHook? hook) => method.Shape == MethodShape.Plain
        ? PlainProbe.Weave(method.Body, editor, probes, cell, canThrow, hook)
        : MachineProbe.Weave(method, editor, probes, cell, hook);
}
