namespace Airworthy.Model;

/// <summary>Whose fault it is that a request can't be answered; the value is the process's exit code.</summary>
public enum Fault
{
    /// <summary>The command or request itself is wrong: an unknown revision, a missing argument.</summary>
    Usage = 64,

    /// <summary>Something that was read is not as it must be: a malformed policy, a truncated report.</summary>
    BadInput = 65,

    /// <summary>Something needed is not there: git, a port, a directory that can be written, a server.</summary>
    Unavailable = 69,

    /// <summary>A defect of Airworthy.</summary>
    Internal = 70,
}
