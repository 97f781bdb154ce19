namespace Airworthy.Feedback.Formats;

/// <summary>GitHub Copilot: a file in <c>.github/instructions/</c> where that folder is, else <c>.github/copilot-instructions.md</c>.</summary>
internal sealed class CopilotFormat : IInstructionFormat
{
    private const string Folder = ".github/instructions";
    private const string Single = ".github/copilot-instructions.md";

    public string Name => "copilot";

    public bool IsUsed(InstructionTree tree) => tree.HasFolder(Folder) || tree.HasFile(Single);

    public IEnumerable<InstructionText> Place(InstructionTree tree, LessonSelection selection)
    {
        yield return tree.HasFolder(Folder)
            ? new InstructionText($"{Folder}/airworthy.instructions.md", selection, FrontMatter.OfCopilot(selection))
            : new InstructionText(Single, selection);
    }
}
