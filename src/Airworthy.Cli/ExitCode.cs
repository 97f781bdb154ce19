namespace Airworthy.Cli;

/// <summary>The one table of exit codes, for every verb. See docs/exit-codes.md.</summary>
internal static class ExitCode
{
    /// <summary>Yes: passed, found, done.</summary>
    public const int Yes = 0;

    /// <summary>No: failed.</summary>
    public const int No = 1;

    /// <summary>Not known: insufficient evidence, not attributable.</summary>
    public const int NotKnown = 2;

    /// <summary>The command is wrong.</summary>
    public const int Usage = 64;

    /// <summary>Something read is wrong.</summary>
    public const int BadInput = 65;

    /// <summary>Something needed is not there.</summary>
    public const int Unavailable = 69;

    /// <summary>A defect of Airworthy.</summary>
    public const int Internal = 70;

    /// <summary>Ended by Ctrl-C, as shells have it.</summary>
    public const int Interrupted = 130;
}
