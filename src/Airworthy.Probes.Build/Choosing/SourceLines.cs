using dnlib.DotNet.Pdb;

namespace Airworthy.Probes.Build.Choosing;

/// <summary>Where a compiled body stands in the source: its visible sequence points in the file it begins in.</summary>
/// <param name="Document">The file.</param>
/// <param name="First">The first line.</param>
/// <param name="Last">The last line.</param>
internal sealed record SourceLines(PdbDocument Document, int First, int Last)
{
    /// <summary>The line the compiler gives to code that no line stands for.</summary>
    public const int Hidden = 0xFEEFEE;

    public static bool IsVisible(SequencePoint? point) => point is not null && point.StartLine != Hidden;

    /// <summary>A brace alone: the compiler stops there for a debugger, but nothing of the program happens.</summary>
    public static bool IsBrace(SequencePoint point) => point.StartLine == point.EndLine && point.EndColumn - point.StartColumn == 1;
}
