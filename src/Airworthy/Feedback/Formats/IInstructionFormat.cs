namespace Airworthy.Feedback.Formats;

/// <summary>Where one kind of agent reads its instructions, and in what form.</summary>
public interface IInstructionFormat
{
    /// <summary>The name people choose it by, e.g. <c>cursor</c>.</summary>
    string Name { get; }

    /// <summary>True when the working tree shows that such agents are used there.</summary>
    bool IsUsed(InstructionTree tree);

    /// <summary>The files to write, each with its part of <paramref name="selection"/>; also those that may hold an older part and get none now.</summary>
    IEnumerable<InstructionText> Place(InstructionTree tree, LessonSelection selection);
}
