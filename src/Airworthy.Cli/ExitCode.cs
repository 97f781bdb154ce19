using Airworthy.Model;

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

    /// <summary>Ended by a signal (Ctrl-C), as shells have it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>The reader of the output went away, as shells have it: 128 + SIGPIPE. No answer was given.</summary>
    public const int ClosedPipe = 141;

    /// <summary>The code of a verdict.</summary>
    public static int Of(VerdictKind verdict) => verdict switch
    {
        VerdictKind.Pass => Yes,
        VerdictKind.Fail => No,
        _ => NotKnown,
    };
}
