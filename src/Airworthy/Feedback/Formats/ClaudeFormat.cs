namespace Airworthy.Feedback.Formats;

/// <summary>Claude Code: a file in <c>.claude/rules/</c> where that folder is, else <c>CLAUDE.md</c>.</summary>
internal sealed class ClaudeFormat : IInstructionFormat
{
    private const string Rules = ".claude/rules";
    private const string Memory = "CLAUDE.md";

    public string Name => "claude";

    // What imports AGENTS.md would be told twice.
    public bool IsUsed(InstructionTree tree) => tree.HasFolder(Rules) || (tree.HasFile(Memory) && !tree.Says(Memory, "@AGENTS.md"));

    public IEnumerable<InstructionText> Place(InstructionTree tree, LessonSelection selection)
    {
        yield return tree.HasFolder(Rules)
            ? new InstructionText($"{Rules}/airworthy.md", selection, FrontMatter.OfClaude(selection))
            : new InstructionText(Memory, selection);
    }
}
