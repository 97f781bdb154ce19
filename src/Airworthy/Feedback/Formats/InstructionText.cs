namespace Airworthy.Feedback.Formats;

/// <summary>What one instruction file is to hold.</summary>
/// <param name="File">The file, from the repository's top.</param>
/// <param name="Selection">The lessons.</param>
/// <param name="Head">The front matter of a file that is wholly ours; null: a block in a file that is others'.</param>
public sealed record InstructionText(string File, LessonSelection Selection, string? Head = null);
