using System.Text;
using Airworthy.Model;

namespace Airworthy.Feedback.Formats;

/// <summary>
/// The YAML in front of a rule file. Agents skip a file whose front matter is malformed without a word, so globs always stand quoted, and what a
/// quoted scalar can't hold plainly is no glob of ours.
/// </summary>
internal static class FrontMatter
{
    private const string Everything = "**";

    /// <summary>Without <c>paths</c> a rule holds everywhere.</summary>
    public static string OfClaude(LessonSelection selection) => Globs(selection) is { } globs
        ? $"---\npaths:\n{string.Concat(globs.Select(glob => $"  - {Quoted(glob)}\n"))}---\n"
        : "";

    public static string OfCopilot(LessonSelection selection) =>
        $"---\napplyTo: {Quoted(string.Join(',', Globs(selection) ?? [Everything]))}\n---\n";

    public static string OfCursor(LessonSelection selection)
    {
        var globs = Globs(selection);
        var scope = globs is null ? "" : $"globs: [{string.Join(", ", globs.Select(Quoted))}]\n";
        return $"---\ndescription: {Quoted("Lessons from production, by Airworthy")}\n{scope}alwaysApply: {(globs is null ? "true" : "false")}\n---\n";
    }

    /// <summary>The globs of all its lessons; null when one holds everywhere, or none is there.</summary>
    private static IReadOnlyList<string>? Globs(LessonSelection selection)
    {
        var globs = selection.Lessons.SelectMany(lesson => lesson.Scope.IsDefaultOrEmpty ? [Everything] : lesson.Scope.AsEnumerable()).Distinct(StringComparer.Ordinal).ToArray();
        return globs.Length == 0 || globs.Any(glob => glob is Everything or "**/*" || glob.Contains(',', StringComparison.Ordinal)) ? null : globs;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in InertText.Line(text, 2000))
        {
            _ = c is '"' or '\\' ? quoted.Append('\\').Append(c) : quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
