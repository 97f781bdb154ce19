namespace Airworthy.Trials.Programs;

/// <summary>One thing in which two builds differ in a run.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Subject">The file's path; empty for the whole run.</param>
/// <param name="Base">How it is with the base; empty for not there.</param>
/// <param name="Head">How it is with the head.</param>
public sealed record ProgramDifference(ProgramDifferenceKind Kind, string Subject, string Base, string Head)
{
    /// <summary>What makes it the same difference in another run: numbers in texts aside.</summary>
    public string Key => $"{Kind}|{OutputText.WithoutNumbers(Subject)}|{Told(Base)}|{Told(Head)}";

    private string Told(string text) => Kind is ProgramDifferenceKind.Exit or ProgramDifferenceKind.Crash ? text
        : Kind is ProgramDifferenceKind.Memory or ProgramDifferenceKind.Processor or ProgramDifferenceKind.FileContent ? "" : OutputText.WithoutNumbers(text);
}
