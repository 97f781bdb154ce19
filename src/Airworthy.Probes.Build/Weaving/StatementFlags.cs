using Airworthy.Model;
using Airworthy.Probes.Build.Choosing;
using dnlib.DotNet.Emit;
using dnlib.DotNet.Pdb;

namespace Airworthy.Probes.Build.Weaving;

/// <summary>Marks each watched statement of a method as run when it first runs.</summary>
internal static class StatementFlags
{
    /// <summary>Weaves the flags; gives how many statements need none as every call runs them, and the first line of each other, in their order.</summary>
    /// <param name="method">The method.</param>
    /// <param name="editor">The editor of its code.</param>
    /// <param name="source">Which of its lines are watched.</param>
    /// <param name="probes">What is called.</param>
    /// <param name="firstFlag">The first free flag of the module.</param>
    /// <param name="hook">The record of the method's calls; null when they can't be recorded.</param>
    public static (int Entries, int[] Lines) Weave(UserMethod method, BodyEditor editor, WatchedSource source, ProbeClass probes, int firstFlag, RecordingHook? hook)
    {
        var lines = new List<int>();
        // The compiler copies code, of a finally block say: its copies are one statement.
        var flags = new Dictionary<(int, int, int, int), int>();
        var entries = 0;
        foreach (var at in editor.Code.Where(instruction => IsWatched(instruction.SequencePoint, method, source)).ToList())
        {
            var point = at.SequencePoint;
            var place = (point.StartLine, point.StartColumn, point.EndLine, point.EndColumn);
            if (method.Shape == MethodShape.Plain && at == editor.Code[0])
            {
                entries = 1;
                continue;
            }

            if (!flags.TryGetValue(place, out var flag))
            {
                flags[place] = flag = firstFlag + lines.Count;
                lines.Add(point.StartLine);
            }

            editor.InsertInPlace(at, [Instruction.CreateLdcI4(flag), OpCodes.Call.ToInstruction(probes.Ran), .. hook?.Pass(flag) ?? []]);
        }

        editor.Deepen(2);
        return (entries, [.. lines]);
    }

    private static bool IsWatched(SequencePoint? point, UserMethod method, WatchedSource source) =>
        point is not null && SourceLines.IsVisible(point) && ReferenceEquals(point.Document, method.Lines!.Document) && !SourceLines.IsBrace(point)
        && source.Within(new LineSpan(point.StartLine, point.EndLine)) is not null;
}
