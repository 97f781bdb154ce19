namespace Airworthy.Feedback.Formats;

/// <summary>Cursor: a file in <c>.cursor/rules/</c>.</summary>
internal sealed class CursorFormat : IInstructionFormat
{
    private const string Folder = ".cursor/rules";

    public string Name => "cursor";

    public bool IsUsed(InstructionTree tree) => tree.HasFolder(".cursor") || tree.HasFile(".cursorrules");

    public IEnumerable<InstructionText> Place(InstructionTree tree, LessonSelection selection)
    {
        yield return new InstructionText($"{Folder}/airworthy.mdc", selection, FrontMatter.OfCursor(selection));
    }
}
