namespace Airworthy.Trials.Programs;

/// <summary>In what two builds differ, the worst first.</summary>
public enum ProgramDifferenceKind
{
    /// <summary>The head is ended by a signal.</summary>
    Crash,

    /// <summary>The head does not end in time.</summary>
    Hang,

    /// <summary>The exit code.</summary>
    Exit,

    /// <summary>A file is not there.</summary>
    FileMissing,

    /// <summary>A file's content.</summary>
    FileContent,

    /// <summary>A file is there that was not.</summary>
    FileAdded,

    /// <summary>Which files are one and the same, or where a link points.</summary>
    Link,

    /// <summary>Permissions, or what kind of file it is.</summary>
    Mode,

    /// <summary>Whether a file's time is kept.</summary>
    Time,

    /// <summary>What is printed.</summary>
    Output,

    /// <summary>What is complained of.</summary>
    Error,

    /// <summary>Three times the memory or more, and 64 MiB.</summary>
    Memory,

    /// <summary>Three times the processor's time or more, and half a second.</summary>
    Processor,
}
