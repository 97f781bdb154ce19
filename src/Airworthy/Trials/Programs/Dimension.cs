using System.Collections.Immutable;

namespace Airworthy.Trials.Programs;

/// <summary>
/// One thing in which runs of a scenario vary: an environment variable, or how the scenario's files (<c>files</c>) or its folder (<c>folder</c>) are laid out.
/// </summary>
/// <param name="Name">The variable's name, or <see cref="FilesName"/> or <see cref="FolderName"/>.</param>
/// <param name="Values">What it may be; at least one, the first is the ordinary one.</param>
public sealed record Dimension(string Name, ImmutableArray<string> Values)
{
    /// <summary>How the files are that a scenario begins with.</summary>
    public const string FilesName = "files";

    /// <summary>How the folder is called in which a scenario runs.</summary>
    public const string FolderName = "folder";

    /// <summary>What <see cref="FilesName"/> may be: as they are given, all empty, all of four mebibytes, each behind a symbolic link.</summary>
    public static ImmutableArray<string> FileForms { get; } = ["given", "empty", "large", "linked"];

    /// <summary>What <see cref="FolderName"/> may be: plain, a name with spaces, a name beyond ASCII, a symbolic link to it.</summary>
    public static ImmutableArray<string> FolderForms { get; } = ["plain", "spaces", "unicode", "linked"];

    /// <summary>True when it is a variable of the environment.</summary>
    public bool IsVariable => Name is not (FilesName or FolderName);
}
