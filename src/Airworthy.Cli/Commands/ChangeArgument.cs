using System.CommandLine;

namespace Airworthy.Cli.Commands;

/// <summary>The change a verb is about, on a server.</summary>
internal sealed class ChangeArgument : Argument<string>
{
    public ChangeArgument()
        : base("[REPO/]ID") =>
        Description = "The change's id or one of its commits. The repository's name and '/' before it where several repositories have it.";
}
