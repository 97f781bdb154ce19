using System.Collections.Immutable;

namespace Airworthy.Trials.Programs;

/// <summary>One way of using a program: a script, or arguments, with the files it begins with and what varies.</summary>
/// <param name="Name">Its name: the file's without its ending.</param>
/// <param name="File">The script (<c>NAME.sh</c>) or the arguments (<c>NAME.args</c>), fully qualified.</param>
/// <param name="IsScript">True for a script, which <c>/bin/sh</c> runs with the program's command as <c>$RUN</c>.</param>
/// <param name="Arguments">The arguments, in which <c>$NAME</c> stands for a dimension's value; empty for a script.</param>
/// <param name="Files">The folder whose content lies in the scratch folder at the beginning; null for none.</param>
/// <param name="Dimensions">What varies, in the order of the file that declares it.</param>
public sealed record ProgramScenario(
    string Name, string File, bool IsScript, ImmutableArray<string> Arguments, string? Files, ImmutableArray<Dimension> Dimensions)
{
    /// <summary>The script (<c>NAME.fuzz</c>) that has a fuzzer look for inputs before; null for none.</summary>
    public string? Fuzz { get; init; }

    /// <summary>Why it can't be tried, where that is known before it runs; null else.</summary>
    public string? Untestable { get; init; }
}
