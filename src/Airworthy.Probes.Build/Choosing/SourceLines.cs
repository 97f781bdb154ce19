using dnlib.DotNet;
using dnlib.DotNet.Pdb;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>Where a compiled body stands in the source: its visible sequence points, in the order of the code.</summary>
/// <param name="Document">The file.</param>
/// <param name="Points">The points in that file; at least one.</param>
internal sealed record SourceLines(PdbDocument Document, IReadOnlyList<SequencePoint> Points)
{
    /// <summary>The line the compiler gives to code that no line stands for.</summary>
    public const int Hidden = 0xFEEFEE;

    public int First => Points.Min(point => point.StartLine);

    public int Last => Points.Max(point => point.EndLine);

    /// <summary>Null when no line of a person's stands behind the body, or the assembly has no symbols.</summary>
    public static SourceLines? Of(MethodDef method)
    {
        if (method.Body is not { } body)
        {
            return null;
        }

        var points = body.Instructions.Select(instruction => instruction.SequencePoint).Where(IsVisible).Cast<SequencePoint>().ToList();
        if (points.Count == 0)
        {
            return null;
        }

        // `#line` can spread a body over files; it is told by the one it begins in.
        var document = points[0].Document;
        return new SourceLines(document, points.FindAll(point => ReferenceEquals(point.Document, document)));
    }

    public static bool IsVisible(SequencePoint? point) => point is not null && point.StartLine != Hidden;

    /// <summary>A brace alone: the compiler stops there for a debugger, but nothing of the program happens.</summary>
    public static bool IsBrace(SequencePoint point) => point.StartLine == point.EndLine && point.EndColumn - point.StartColumn == 1;
}
