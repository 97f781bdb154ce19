using System.Collections.Immutable;

namespace Airworthy.Feedback.Formats;

/// <summary>The list of formats that lessons are written in.</summary>
public static class InstructionFormats
{
    public static ImmutableArray<IInstructionFormat> All { get; } = [new AgentsFormat(), new ClaudeFormat(), new CopilotFormat(), new CursorFormat()];

    /// <summary>The format called <paramref name="name"/>; null when there is none.</summary>
    public static IInstructionFormat? Find(string name) => All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.Ordinal));

    /// <summary>Those that the tree shows to be used; <c>AGENTS.md</c>, which most agents read, where none is.</summary>
    public static IReadOnlyList<IInstructionFormat> UsedIn(InstructionTree tree)
    {
        var used = All.Where(format => format.IsUsed(tree)).ToArray();
        return used.Length > 0 ? used : [All[0]];
    }
}
