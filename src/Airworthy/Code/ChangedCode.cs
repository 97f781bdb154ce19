using System.Collections.Immutable;
using System.Text;
using Airworthy.Code.Risks;
using Airworthy.Model;

namespace Airworthy.Code;

/// <summary>What the code of a changed file shows, from one reading of it.</summary>
/// <param name="Units">Its functions, in the file's order; empty when its language is not read.</param>
/// <param name="Risks">The signals of what the change may have broken, by line; C# only.</param>
public sealed record ChangedCode(ImmutableArray<CodeUnit> Units, ImmutableArray<RiskSignal> Risks)
{
    /// <summary>The lines that can run; null where that is not known. C# only.</summary>
    public IReadOnlySet<int>? Running { get; private init; }

    /// <summary>A file of which nothing is known.</summary>
    public static ChangedCode None { get; } = new([], []);

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="head">Its content at the head.</param>
    /// <param name="before">Its content before the change; null when it is new.</param>
    /// <param name="changedLines">The lines that the change wrote, at the head.</param>
    /// <param name="removedAfter">The lines at the head after which the change took others away.</param>
    public static ChangedCode Read(RepoPath path, byte[] head, byte[]? before, IReadOnlySet<int> changedLines, IReadOnlySet<int> removedAfter)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(changedLines);
        ArgumentNullException.ThrowIfNull(removedAfter);
        if (CodeUnits.Language(path) != "csharp" || head.Length > CodeUnits.MaxBytes || CSharpUnits.Parse(Encoding.UTF8.GetString(head)) is not { } root)
        {
            return new ChangedCode(CodeUnits.Read(path, head), []);
        }

        var members = CSharpUnits.Members(path, root);
        var earlier = before?.Length > CodeUnits.MaxBytes ? null : CSharpUnits.Parse(Encoding.UTF8.GetString(before ?? []));
        return new ChangedCode(
            [.. members.Select(member => member.Unit)],
            earlier is null ? [] : RiskFinder.Find(members, CSharpUnits.Members(path, earlier), changedLines, removedAfter))
        {
            Running = CSharpRunning.Lines(root),
        };
    }
}
