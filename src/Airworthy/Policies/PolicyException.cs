using Airworthy.Model;

namespace Airworthy.Policies;

/// <summary>A policy that can't be read: the message starts with file, line and column, as compilers write them.</summary>
public sealed class PolicyException(string file, int line, int column, string problem, Exception? cause = null)
    : FaultException(Fault.BadInput, $"{file}:{line}:{column}: {problem}", cause)
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The column, from 1.</summary>
    public int Column { get; } = column;
}
