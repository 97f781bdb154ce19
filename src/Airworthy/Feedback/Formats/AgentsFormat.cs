using Airworthy.Model;

namespace Airworthy.Feedback.Formats;

/// <summary><c>AGENTS.md</c>, of which agents read the nearest one: a lesson goes to the deepest folder that has one and holds all of its scope.</summary>
internal sealed class AgentsFormat : IInstructionFormat
{
    private const string FileName = "AGENTS.md";

    public string Name => "agents";

    public bool IsUsed(InstructionTree tree) => tree.HasFile(FileName) || Nested(tree).Any();

    public IEnumerable<InstructionText> Place(InstructionTree tree, LessonSelection selection)
    {
        var files = Nested(tree).Where(tree.HasFile).Append(FileName).Distinct(StringComparer.Ordinal).OrderByDescending(file => file.Length).ToArray();
        var placed = selection.Lessons.ToLookup(lesson => files.First(file => Holds(file, lesson)), StringComparer.Ordinal);
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            yield return new InstructionText(file, new LessonSelection([.. placed[file]], file == FileName ? selection.LeftOut : 0));
        }
    }

    private static IEnumerable<string> Nested(InstructionTree tree) => tree.Tracked.Where(file => file.EndsWith("/" + FileName, StringComparison.Ordinal));

    private static bool Holds(string file, Lesson lesson)
    {
        var folder = file[..^FileName.Length];
        return lesson.Scope.All(glob => glob.StartsWith(folder, StringComparison.Ordinal));
    }
}
